package io.pipewright.bench;

import io.pipewright.bench.Statistics.Ratio;
import io.pipewright.bench.Statistics.Spread;
import java.util.ArrayList;
import java.util.List;

/**
 * How contenders stand beside each other after all rounds.
 *
 * @param lines one for each contender of which a run counts
 * @param ratios of the first contender to each other
 */
record Standing(List<Line> lines, List<Comparison> ratios) {

    Standing {
        lines = List.copyOf(lines);
        ratios = List.copyOf(ratios);
    }

    /** The runs of a contender taken together. */
    record Line(
            String contender,
            int runs,
            Spread eventsPerSecond,
            Spread cpuSecondsPerMillion,
            Spread peakHeapMegabytes,
            Spread checkpoints) {}

    /**
     * The first contender beside another.
     *
     * @param speed its events per second divided by those of the other
     * @param cpu its CPU seconds per event divided by those of the other
     */
    record Comparison(String contender, String other, Ratio speed, Ratio cpu) {}

    /** Of the rounds of these contenders; the first is compared with the others. */
    static Standing of(List<String> contenders, List<Round> rounds) {
        List<Line> lines = new ArrayList<>();
        List<Comparison> ratios = new ArrayList<>();
        List<Round> first = List.of();
        for (String contender : contenders) {
            List<Round> counting = rounds.stream()
                    .filter(round -> round.contender().equals(contender) && round.counts())
                    .toList();
            if (counting.isEmpty()) {
                continue;
            }
            lines.add(line(contender, counting));
            if (contender.equals(contenders.get(0))) {
                first = counting;
            } else if (!first.isEmpty()) {
                ratios.add(compare(first, counting));
            }
        }
        return new Standing(lines, ratios);
    }

    private static Line line(String contender, List<Round> rounds) {
        return new Line(
                contender,
                rounds.size(),
                Spread.of(speeds(rounds)),
                Spread.of(cpu(rounds)),
                Spread.of(
                        rounds.stream().map(r -> (double) r.peakHeapMegabytes()).toList()),
                Spread.of(rounds.stream().map(r -> (double) r.checkpoints()).toList()));
    }

    private static Comparison compare(List<Round> first, List<Round> other) {
        return new Comparison(
                first.get(0).contender(),
                other.get(0).contender(),
                Ratio.of(speeds(first), speeds(other)),
                Ratio.of(cpu(first), cpu(other)));
    }

    private static List<Double> speeds(List<Round> rounds) {
        return rounds.stream().map(Round::eventsPerSecond).toList();
    }

    private static List<Double> cpu(List<Round> rounds) {
        return rounds.stream().map(Round::cpuPerMillion).toList();
    }
}
