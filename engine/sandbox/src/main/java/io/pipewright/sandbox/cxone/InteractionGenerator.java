package io.pipewright.sandbox.cxone;

import io.pipewright.sandbox.TopicRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Makes the events of a topic that an oracle can judge exactly: the same options make the same bytes.
 *
 * <p>What is promised: a record on time is at most 1.5 s out of order; a late one is {@code lateBy} or more behind the
 * watermark that its phase waits for, and nothing lies between; equal event times occur only within one customer, whose
 * records are all in one partition; keys are customers; only records from the far future are ahead of {@code base}.
 *
 * <p>What is not: that records are on time for a job that calls a partition idle while others move on. Feed the first
 * phase before the job starts or soon after, and with more than one round, go on before partitions become idle.
 */
public final class InteractionGenerator {
    /** By how much records on time are out of order at most. */
    public static final Duration DISORDER = Duration.ofMillis(1_500);

    /** The job's bound, from which the watermark of a phase of late records is reckoned. */
    private static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(2);

    private static final Duration ROUND_MARGIN = Duration.ofMinutes(3);

    private final GeneratorOptions options;
    private final Random random;
    private final Customers customers;
    private final Timeline timeline = new Timeline();
    private final EventWriter writer;
    private final long[] nextOffset;
    private final Map<RecordKind, Integer> kinds = new EnumMap<>(RecordKind.class);

    private InteractionGenerator(GeneratorOptions options) {
        this.options = options;
        this.random = new Random(options.seed());
        this.customers = new Customers(options.events(), options.partitions(), random);
        this.writer = new EventWriter(options, random, customers);
        this.nextOffset = new long[options.partitions()];
    }

    /** Makes all records. A million take about 3 s and 500 MB. */
    public static GeneratedFeed generate(GeneratorOptions options) {
        return new InteractionGenerator(options).generate();
    }

    private GeneratedFeed generate() {
        List<FeedPhase> phases = new ArrayList<>();
        long start = start();
        int done = 0;
        for (int round = 1; round <= options.rounds(); round++) {
            int quota = (int) ((long) options.events() * round / options.rounds()) - done;
            int late = (int) Math.round(quota * options.lateShare());
            List<PlannedRecord> onTime = new RoundPlan(options, random, customers, timeline, writer)
                    .records(start, quota - late, round == 1);
            phases.add(new FeedPhase(name("on time", round), place(onTime), Optional.empty()));
            long watermark = watermark(onTime);
            long sent = onTime.get(onTime.size() - 1).sentAt();
            if (late > 0) {
                List<TopicRecord> records = place(late(late, watermark, sent));
                phases.add(new FeedPhase(name("late", round), records, Optional.of(Instant.ofEpochMilli(watermark))));
            }
            start = onTime.stream().mapToLong(PlannedRecord::time).max().orElseThrow() + DISORDER.toMillis() + 1;
            done += quota;
        }
        if (start > options.base().toEpochMilli() + DISORDER.toMillis()) {
            throw new IllegalStateException("the feed reaches beyond its base");
        }
        return new GeneratedFeed(options, phases, kinds);
    }

    private long start() {
        long span = options.events() * 1_000L / options.eventsPerSecond();
        return options.base().toEpochMilli() - span - ROUND_MARGIN.toMillis() * options.rounds();
    }

    private String name(String what, int round) {
        return options.rounds() == 1 ? what : what + ", round " + round;
    }

    /** The watermark that the slowest partition reaches with these records. */
    private long watermark(List<PlannedRecord> records) {
        long[] highest = new long[options.partitions()];
        for (PlannedRecord r : records) {
            if (r.kind().movesWatermark()) {
                int p = partition(r);
                highest[p] = Math.max(highest[p], r.time());
            }
        }
        long lowest = Long.MAX_VALUE;
        for (long time : highest) {
            lowest = Math.min(lowest, time);
        }
        return lowest - OUT_OF_ORDERNESS.toMillis() - 1;
    }

    private List<PlannedRecord> late(int count, long watermark, long sent) {
        long latest = watermark - options.lateBy().toMillis();
        List<PlannedRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long time = timeline.claimBefore(latest - random.nextInt(60_000));
            records.add(writer.late(time, sent + i / 100));
        }
        return records;
    }

    /** Puts records into the order in which they are sent, each at the next offset of its partition. */
    private List<TopicRecord> place(List<PlannedRecord> records) {
        records.sort(Comparator.comparingLong(PlannedRecord::sentAt));
        List<TopicRecord> placed = new ArrayList<>(records.size());
        for (PlannedRecord r : records) {
            int partition = partition(r);
            placed.add(new TopicRecord(partition, nextOffset[partition]++, r.key(), r.value(), r.sentAt()));
            kinds.merge(r.kind(), 1, Integer::sum);
        }
        return placed;
    }

    /** By the key; a record without one goes where its place in time says. */
    private int partition(PlannedRecord r) {
        return r.key() == null
                ? (int) Math.floorMod(r.time(), (long) options.partitions())
                : Customers.partition(r.key(), options.partitions());
    }
}
