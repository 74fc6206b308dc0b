package io.pipewright.sandbox.cxone;

import io.pipewright.sandbox.TopicRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says what {@code pipelines/cxone.yaml} must make of a feed, in the plainest way: it keeps everything, and works out the
 * rows when all is read, as after a final watermark.
 *
 * <p>It relies on what {@link InteractionGenerator} promises, and checks it: a feed of which it cannot know for sure what
 * is late is an {@link IllegalArgumentException}.
 */
public final class CxoneOracle {
    private static final String ALERT_TYPE = "REPEATED_FAILURE_CALLBACK";

    private final CxoneParameters parameters;
    private final Map<String, Map<Long, Long>> volumes = new HashMap<>();
    private final Map<String, TreeMap<Long, String>> tiers = new HashMap<>();
    private final Map<String, List<Reading.Event>> interactions = new HashMap<>();
    private final Set<LateRow> late = new HashSet<>();
    private final Set<DeadLetterRow> deadLetters = new HashSet<>();
    private final Map<Integer, Long> highest = new HashMap<>();

    /** What the job's watermark has reached for sure; nothing on time is older. */
    private long watermark = Long.MIN_VALUE;

    private CxoneOracle(CxoneParameters parameters) {
        this.parameters = parameters;
    }

    /** What the pipeline must put out. */
    public static CxoneResults expect(GeneratedFeed feed, CxoneParameters parameters) {
        return expect(feed.phases(), parameters);
    }

    /** What the pipeline must put out. */
    public static CxoneResults expect(List<FeedPhase> phases, CxoneParameters parameters) {
        CxoneOracle oracle = new CxoneOracle(parameters);
        for (FeedPhase phase : phases) {
            boolean lateOnes = phase.afterWatermark().isPresent();
            phase.afterWatermark().ifPresent(w -> oracle.watermark = Math.max(oracle.watermark, w.toEpochMilli()));
            phase.records().forEach(r -> oracle.read(r, lateOnes));
        }
        return new CxoneResults(oracle.volumeRows(), oracle.alertRows(), oracle.late, oracle.deadLetters);
    }

    private void read(TopicRecord r, boolean lateOnes) {
        Reading reading = Reading.of(r);
        if (reading instanceof Reading.Malformed) {
            refuseBytes(r);
        } else if (reading instanceof Reading.Event e) {
            if (isTooFarAhead(e)) {
                refuseBytes(r);
                return;
            }
            checkOrder(e, r.partition(), lateOnes);
            if (!e.isComplete()) {
                deadLetters.add(new DeadLetterRow("routing", r.partition(), r.offset(), ""));
            } else if (e.isUpdate()) {
                update(e, lateOnes);
            } else {
                interaction(e, lateOnes);
            }
        }
    }

    private void refuseBytes(TopicRecord r) {
        String raw = Base64.getEncoder().encodeToString(r.value());
        deadLetters.add(new DeadLetterRow("events", r.partition(), r.offset(), raw));
    }

    private boolean isTooFarAhead(Reading.Event e) {
        return e.time() > parameters.now().plus(parameters.maxFutureDrift()).toEpochMilli();
    }

    private void update(Reading.Event e, boolean lateOne) {
        String customer = e.customerId().orElseThrow();
        if (lateOne) {
            late.add(new LateRow("enriched", e.instant(), customer));
        } else {
            tiers.computeIfAbsent(customer, c -> new TreeMap<>())
                    .put(e.time(), e.tier().orElseThrow());
        }
    }

    private void interaction(Reading.Event e, boolean lateOne) {
        String id = e.interactionId().orElseThrow();
        if (lateOne) {
            late.add(new LateRow("volumes", e.instant(), id));
            if (e.isIdentified()) {
                late.add(new LateRow("enriched", e.instant(), id));
            }
            return;
        }
        volumes.computeIfAbsent(e.channel().orElseThrow(), c -> new HashMap<>())
                .merge(windowStart(e.time()), 1L, Long::sum);
        if (e.isIdentified()) {
            interactions
                    .computeIfAbsent(e.customerId().orElseThrow(), c -> new ArrayList<>())
                    .add(e);
        }
    }

    /** Nothing may lie where it depends on the moment whether a record is late. */
    private void checkOrder(Reading.Event e, int partition, boolean lateOne) {
        if (lateOne) {
            long windowEnd = windowStart(e.time()) + parameters.volumeWindow().toMillis();
            if (windowEnd - 1 > watermark) {
                throw new IllegalArgumentException("A record of " + e.instant() + " is late, but its window of "
                        + parameters.volumeWindow() + " is not over: use a greater lateBy.");
            }
            return;
        }
        long before = highest.merge(partition, e.time(), Math::max);
        if (e.time() <= watermark
                || e.time() < before - parameters.outOfOrderness().toMillis()) {
            throw new IllegalArgumentException("A record of " + e.instant() + " may be late or not.");
        }
    }

    private long windowStart(long time) {
        return time - Math.floorMod(time, parameters.volumeWindow().toMillis());
    }

    private Set<VolumeRow> volumeRows() {
        Set<VolumeRow> rows = new HashSet<>();
        volumes.forEach((channel, windows) -> windows.forEach((start, volume) -> {
            Instant from = Instant.ofEpochMilli(start);
            rows.add(new VolumeRow(channel, from, from.plus(parameters.volumeWindow()), volume));
        }));
        return rows;
    }

    /** A customer's events by time, ties by arrival: so many failures in direct succession, then a callback. */
    private Set<AlertRow> alertRows() {
        Set<AlertRow> rows = new HashSet<>();
        int failures = parameters.failures();
        for (List<Reading.Event> events : interactions.values()) {
            events.sort(Comparator.comparingLong(Reading.Event::time));
            for (int i = failures; i < events.size(); i++) {
                Reading.Event first = events.get(i - failures);
                Reading.Event last = events.get(i);
                boolean inTime =
                        last.time() - first.time() < parameters.failureWithin().toMillis();
                boolean allFailed = events.subList(i - failures, i).stream().allMatch(e -> hasStatus(e, "FAILURE"));
                if (inTime && allFailed && hasStatus(last, "CALLBACK_REQUEST")) {
                    rows.add(alert(last));
                }
            }
        }
        return rows;
    }

    private static boolean hasStatus(Reading.Event e, String status) {
        return e.status().orElseThrow().equals(status);
    }

    private AlertRow alert(Reading.Event callback) {
        String customer = callback.customerId().orElseThrow();
        Map.Entry<Long, String> profile =
                tiers.getOrDefault(customer, new TreeMap<>()).floorEntry(callback.time());
        return new AlertRow(
                customer,
                callback.channel().orElseThrow(),
                callback.instant(),
                parameters.failures(),
                ALERT_TYPE,
                profile == null ? "UNKNOWN" : profile.getValue());
    }
}
