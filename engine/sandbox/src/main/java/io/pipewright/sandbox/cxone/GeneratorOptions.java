package io.pipewright.sandbox.cxone;

import java.time.Duration;
import java.time.Instant;

/**
 * What {@link InteractionGenerator} makes; equal options make equal bytes.
 *
 * @param events records in all, the bad and the late ones too; 100 or more
 * @param seed of everything random
 * @param base no event time is after it, but those of the records from the far future, which are a day and more after it;
 *     usually the time of generation
 * @param partitions of the topic, 1 or more
 * @param eventsPerSecond records per second of event time, 1 to 500
 * @param lateShare of all records, 0 to 0.2
 * @param lateBy how far behind the watermark late records are at least; 60 s or more, and more than the longest window
 * @param rounds how often late records follow records on time, 1 or more
 */
public record GeneratorOptions(
        int events,
        long seed,
        Instant base,
        int partitions,
        int eventsPerSecond,
        double lateShare,
        Duration lateBy,
        int rounds) {

    /** Checks the ranges. */
    public GeneratorOptions {
        require(events >= 100, "events must be 100 or more");
        require(partitions >= 1, "partitions must be 1 or more");
        require(eventsPerSecond >= 1 && eventsPerSecond <= 500, "eventsPerSecond must be 1 to 500");
        require(lateShare >= 0 && lateShare <= 0.2, "lateShare must be 0 to 0.2");
        require(lateBy.compareTo(Duration.ofSeconds(60)) >= 0, "lateBy must be 60 s or more");
        require(rounds >= 1 && events / rounds >= 100, "every round needs 100 records or more");
    }

    /** Two partitions, 250 records per second of event time, 1 % of them late by 60 s and more, one round. */
    public static GeneratorOptions of(int events, long seed, Instant base) {
        return new GeneratorOptions(events, seed, base, 2, 250, 0.01, Duration.ofSeconds(60), 1);
    }

    /** The same for another number of partitions. */
    public GeneratorOptions withPartitions(int count) {
        return new GeneratorOptions(events, seed, base, count, eventsPerSecond, lateShare, lateBy, rounds);
    }

    /** The same with another density. */
    public GeneratorOptions withEventsPerSecond(int count) {
        return new GeneratorOptions(events, seed, base, partitions, count, lateShare, lateBy, rounds);
    }

    /** The same with other late records. */
    public GeneratorOptions withLate(double share, Duration by) {
        return new GeneratorOptions(events, seed, base, partitions, eventsPerSecond, share, by, rounds);
    }

    /** The same in more rounds. */
    public GeneratorOptions withRounds(int count) {
        return new GeneratorOptions(events, seed, base, partitions, eventsPerSecond, lateShare, lateBy, count);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
