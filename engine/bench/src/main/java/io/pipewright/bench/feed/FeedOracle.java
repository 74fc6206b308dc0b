package io.pipewright.bench.feed;

import io.pipewright.bench.feed.EventBlock.Kind;
import java.util.EnumMap;
import java.util.Map;

/**
 * Says what a job must make of the opening and the first events of a feed, by going over them in the order of their time. It has an array
 * for each thing it remembers and no code of any contender; a test compares it with the sandbox's oracle.
 */
final class FeedOracle {

    /** What the pipeline says and the contenders have written out. */
    private static final long WINDOW = 10_000;

    private static final long WITHIN = 30_000;
    private static final int FAILURES = 3;
    private static final String ALERT = "REPEATED_FAILURE_CALLBACK";

    private final EventBlock block;
    private final Part part;
    private final Map<ResultKind, long[]> sums = new EnumMap<>(ResultKind.class);

    /** The times of each customer's latest failures in direct succession, and how many of them there are. */
    private final long[] failureTimes;

    private final byte[] failures;
    private final byte[] tiers;

    private final long[] volumes;
    private long windowStart = Long.MIN_VALUE;

    private FeedOracle(EventBlock block, Part part) {
        this.block = block;
        this.part = part;
        int customers = block.spec.customers();
        this.failureTimes = new long[customers * FAILURES];
        this.failures = new byte[customers];
        this.tiers = new byte[customers];
        this.volumes = new long[block.spec.channels()];
    }

    static Map<ResultKind, Tally> expect(EventBlock block, Part part, long events) {
        return new FeedOracle(block, part).expect(events);
    }

    private Map<ResultKind, Tally> expect(long events) {
        if (block.spec.opening()) {
            open();
        }
        int[] order = block.byTime();
        for (long pass = 0, left = events; left > 0; pass++, left -= block.size()) {
            long passStart = block.spec.passStart(pass);
            for (int event : order) {
                if (event < left) {
                    read(event, pass, passStart + block.time[event]);
                }
            }
        }
        closeWindow();
        Map<ResultKind, Tally> tallies = new EnumMap<>(ResultKind.class);
        for (ResultKind kind : ResultKind.values()) {
            long[] sum = sums.getOrDefault(kind, new long[2]);
            tallies.put(kind, Tally.of(sum[0], sum[1]));
        }
        return tallies;
    }

    private void open() {
        int[] updates = block.updates();
        for (int customer = 0; customer < tiers.length; customer++) {
            tiers[customer] = (byte) (block.tier[updates[customer % updates.length]] + 1);
        }
        if (part == Part.PARSE) {
            sums.put(ResultKind.RECORDS, new long[] {tiers.length, 0});
        }
    }

    private void add(ResultKind kind, long hash) {
        long[] sum = sums.computeIfAbsent(kind, k -> new long[2]);
        sum[0]++;
        sum[1] += hash;
    }

    private void read(int event, long pass, long time) {
        Kind kind = block.kind(event);
        if (part == Part.PARSE) {
            parse(event, pass);
            return;
        }
        switch (kind) {
            case MALFORMED -> add(ResultKind.DEAD_LETTERS, RowHash.malformed(block.line(event, pass)));
            case INCOMPLETE -> add(ResultKind.DEAD_LETTERS, RowHash.incomplete(time));
            case LATE -> part.lateStages().forEach(stage -> add(ResultKind.LATE, RowHash.late(stage, time)));
            case UPDATE -> tiers[block.spec.customer(block.customer[event], pass)] = (byte) (block.tier[event] + 1);
            case ANONYMOUS, INTERACTION -> {
                if (part.hasWindow()) {
                    count(event, time);
                }
                if (part.hasPattern() && kind == Kind.INTERACTION) {
                    match(event, block.spec.customer(block.customer[event], pass), time);
                }
            }
        }
    }

    private void parse(int event, long pass) {
        if (block.kind(event) == Kind.MALFORMED) {
            add(ResultKind.DEAD_LETTERS, RowHash.malformed(block.line(event, pass)));
        } else {
            add(ResultKind.RECORDS, 0);
        }
    }

    private void count(int event, long time) {
        long start = time - Math.floorMod(time, WINDOW);
        if (start != windowStart) {
            closeWindow();
            windowStart = start;
        }
        volumes[block.channel[event]]++;
    }

    private void closeWindow() {
        for (int channel = 0; channel < volumes.length; channel++) {
            if (volumes[channel] > 0) {
                String name = FeedSpec.channelName(channel);
                add(ResultKind.VOLUMES, RowHash.volume(name, windowStart, windowStart + WINDOW, volumes[channel]));
                volumes[channel] = 0;
            }
        }
    }

    private void match(int event, int customer, long time) {
        int status = block.status[event];
        if (status == BlockGenerator.FAILURE) {
            int at = customer * FAILURES;
            System.arraycopy(failureTimes, at + 1, failureTimes, at, FAILURES - 1);
            failureTimes[at + FAILURES - 1] = time;
            failures[customer] = (byte) Math.min(failures[customer] + 1, FAILURES);
            return;
        }
        boolean matches = status == BlockGenerator.CALLBACK
                && failures[customer] == FAILURES
                && time - failureTimes[customer * FAILURES] < WITHIN;
        if (matches) {
            String tier = tier(customer);
            String channel = FeedSpec.channelName(block.channel[event]);
            add(ResultKind.ALERTS, RowHash.alert(FeedSpec.customerId(customer), channel, time, FAILURES, ALERT, tier));
        }
        failures[customer] = 0;
    }

    private String tier(int customer) {
        if (!part.hasJoin()) {
            return "";
        }
        return tiers[customer] == 0 ? "UNKNOWN" : BlockGenerator.TIERS.get(tiers[customer] - 1);
    }
}
