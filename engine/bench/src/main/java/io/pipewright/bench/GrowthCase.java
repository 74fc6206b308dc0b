package io.pipewright.bench;

import io.pipewright.bench.Statistics.Spread;
import io.pipewright.bench.feed.FeedSpec;
import java.util.List;

/**
 * One thing that grows, and how far.
 *
 * @param group what grows; the first case of a group is what the others are compared with
 * @param moreStages filters before the windows
 */
record GrowthCase(String group, String label, int customers, int channels, double hotShare, int moreStages) {

    private static final int CUSTOMERS = 50_000;
    private static final int CHANNELS = 5;

    static final List<GrowthCase> ALL = List.of(
            new GrowthCase("customers", "50,000 customers", 50_000, CHANNELS, 0, 0),
            new GrowthCase("customers", "500,000 customers", 500_000, CHANNELS, 0, 0),
            new GrowthCase("customers", "5,000,000 customers", 5_000_000, CHANNELS, 0, 0),
            new GrowthCase("channels", "4,000 channels", CUSTOMERS, 4_000, 0, 0),
            new GrowthCase("channels", "4 channels", CUSTOMERS, 4, 0, 0),
            new GrowthCase("channels", "4 channels, 90 % on one", CUSTOMERS, 4, 0.9, 0),
            new GrowthCase("stages", "1 more stage", CUSTOMERS, CHANNELS, 0, 1),
            new GrowthCase("stages", "10 more stages", CUSTOMERS, CHANNELS, 0, 10),
            new GrowthCase("stages", "30 more stages", CUSTOMERS, CHANNELS, 0, 30));

    FeedSpec feed(FeedSpec like) {
        return new FeedSpec(like.seed(), like.blockEvents(), customers, channels, hotShare, like.eventsPerSecond());
    }

    /** As a folder's name. */
    String slug() {
        return label.replaceAll("[^A-Za-z0-9]+", "-");
    }

    /**
     * What the runs of a case came to.
     *
     * @param stateMegabytes of the greatest checkpoint
     */
    record Line(
            GrowthCase grown, int runs, Spread eventsPerSecond, Spread cpuSecondsPerMillion, Spread stateMegabytes) {

        static Line of(GrowthCase grown, List<Round> rounds) {
            return new Line(
                    grown,
                    rounds.size(),
                    Spread.of(rounds.stream().map(Round::eventsPerSecond).toList()),
                    Spread.of(rounds.stream().map(Round::cpuPerMillion).toList()),
                    Spread.of(rounds.stream()
                            .map(round -> round.stateBytes() / 1e6)
                            .toList()));
        }
    }
}
