package io.pipewright.bench;

import io.pipewright.bench.ContenderProcess.Measured;
import io.pipewright.bench.feed.ResultFolder.Outcome;
import io.pipewright.bench.feed.ResultKind;
import io.pipewright.bench.feed.Tally;
import java.util.List;
import java.util.Map;

/**
 * One run of one contender.
 *
 * @param round from 1
 * @param seconds from the opening of the first source to the end of the last sink
 * @param cpuSeconds of the process in that time, the collector's and the compiler's among them
 * @param checkpoints that were completed
 * @param stateBytes of the greatest checkpoint
 * @param differences in what the contender differs from the oracle; one that differs does not count
 */
record Round(
        String contender,
        int round,
        long events,
        double seconds,
        double cpuSeconds,
        long peakHeapMegabytes,
        long checkpoints,
        long stateBytes,
        Map<ResultKind, Tally> results,
        List<String> differences) {

    Round {
        differences = List.copyOf(differences);
    }

    /** A run that ended, with what it put out. */
    static Round of(
            String contender, int round, Measured measured, Map<ResultKind, Tally> results, List<String> differences) {
        Outcome outcome = measured.outcome();
        return new Round(
                contender,
                round,
                outcome.events(),
                outcome.nanos() / 1e9,
                outcome.cpuNanos() / 1e9,
                measured.peakHeapBytes() >> 20,
                measured.checkpoints().completed(),
                measured.checkpoints().stateBytes(),
                results,
                differences);
    }

    /** A run that has no result. */
    static Round failed(String contender, int round, String why) {
        return new Round(contender, round, 0, 0, 0, 0, 0, 0, Map.of(), List.of(why));
    }

    boolean counts() {
        return differences.isEmpty();
    }

    double eventsPerSecond() {
        return events / seconds;
    }

    /** CPU seconds per million events. */
    double cpuPerMillion() {
        return cpuSeconds * 1_000_000 / events;
    }
}
