package io.pipewright.bench;

import io.pipewright.bench.Statistics.Spread;
import io.pipewright.bench.feed.FeedSpec;
import io.pipewright.bench.feed.Part;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One thing that grows, and how far.
 *
 * @param group what grows; the others of a group are compared with its first case
 * @param filters see {@link io.pipewright.bench.contender.JobPlan}
 */
record GrowthCase(String group, String label, int customers, int channels, double hotShare, Part part, int filters) {

    private static final int CUSTOMERS = 50_000;
    private static final int CHANNELS = 5;

    static final List<GrowthCase> ALL = List.of(
            customers(CUSTOMERS),
            customers(10 * CUSTOMERS),
            customers(100 * CUSTOMERS),
            channels("channels", CHANNELS, 0),
            channels("channels", 1_000 * CHANNELS, 0),
            channels("hot", 4_000, 0),
            channels("hot", 4, 0),
            channels("hot", 4, 0.9),
            stages(1),
            stages(10),
            stages(30));

    private static GrowthCase customers(int customers) {
        return new GrowthCase("customers", label(customers, "customer"), customers, CHANNELS, 0, Part.FULL, 0);
    }

    private static GrowthCase channels(String group, int channels, double hotShare) {
        String label = label(channels, "channel")
                + (hotShare > 0 ? String.format(Locale.ROOT, ", %.0f %% on one", hotShare * 100) : "");
        return new GrowthCase(group, label, CUSTOMERS, channels, hotShare, Part.FULL, 0);
    }

    /** A pipeline of this many stages and no others. */
    private static GrowthCase stages(int stages) {
        return new GrowthCase("stages", label(stages, "stage"), CUSTOMERS, CHANNELS, 0, Part.PARSE, stages);
    }

    private static String label(int count, String noun) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? noun : noun + "s");
    }

    FeedSpec feed(FeedSpec like) {
        return new FeedSpec(
                like.seed(), like.blockEvents(), customers, channels, hotShare, like.eventsPerSecond(), like.opening());
    }

    /** How many keys have state: every customer has a profile, every channel a count. */
    int keys() {
        return part == Part.FULL ? customers + channels : 0;
    }

    /** As an option and a folder name it: {@code 5000000-customers}. */
    String slug() {
        return label.replace(",", "").replaceAll("[^a-z0-9]+", "-");
    }

    /** Whether one of these is its group or the case itself. */
    boolean isNamedIn(List<String> names) {
        return names.contains(group) || names.contains(slug());
    }

    /**
     * What the runs of a case came to.
     *
     * @param keys that have state
     * @param stateMegabytes of the greatest checkpoint
     * @param stateBytesPerKey that checkpoint divided by the keys; 0 without keys
     */
    record Line(
            GrowthCase grown,
            int runs,
            Spread eventsPerSecond,
            Spread cpuSecondsPerMillion,
            Spread peakHeapMegabytes,
            int keys,
            Spread stateMegabytes,
            Spread stateBytesPerKey) {

        static Line of(GrowthCase grown, List<Round> rounds) {
            return new Line(
                    grown,
                    rounds.size(),
                    spread(rounds, Round::eventsPerSecond),
                    spread(rounds, Round::cpuPerMillion),
                    spread(rounds, Round::peakHeapMegabytes),
                    grown.keys(),
                    spread(rounds, round -> round.stateBytes() / 1e6),
                    spread(rounds, round -> grown.keys() == 0 ? 0 : (double) round.stateBytes() / grown.keys()));
        }

        private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> value) {
            return Spread.of(rounds.stream().mapToDouble(value).boxed().toList());
        }
    }
}
