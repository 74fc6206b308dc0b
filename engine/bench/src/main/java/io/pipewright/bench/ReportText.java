package io.pipewright.bench;

import io.pipewright.bench.Standing.Comparison;
import io.pipewright.bench.Standing.Line;
import io.pipewright.bench.Statistics.Spread;
import java.util.Locale;

/** A report as the terminal shows it. */
final class ReportText {

    private ReportText() {}

    /** A run, as soon as it has ended. */
    static String of(Round round) {
        if (!round.counts()) {
            return format("round %d  %-10s  does not count: %s", round.round(), round.contender(), round.differences());
        }
        return format(
                "round %d  %-10s  %,11.0f events/s  %6.2f CPU-s/M  %6.1f s  %d checkpoints",
                round.round(),
                round.contender(),
                round.eventsPerSecond(),
                round.cpuPerMillion(),
                round.seconds(),
                round.checkpoints());
    }

    /** A case of growth. */
    static String of(GrowthCase.Line line) {
        return format(
                "%-26s %2d  %-38s events/s  %-24s CPU-s/M  %,7.1f MB of state",
                line.grown().label(),
                line.runs(),
                spread("%,.0f", line.eventsPerSecond()),
                spread("%.2f", line.cpuSecondsPerMillion()),
                line.stateMegabytes().median());
    }

    static String of(BenchReport report) {
        StringBuilder text = new StringBuilder();
        text.append(format(
                "%s part, parallelism %d, %s, checkpoints every %.0f s, %s%n",
                report.part().name().toLowerCase(Locale.ROOT),
                report.parallelism(),
                report.state().name().toLowerCase(Locale.ROOT),
                report.checkpointMillis() / 1_000.0,
                report.machine().java()));
        return text.append(of(new Standing(report.lines(), report.ratios()))).toString();
    }

    /** The table of contenders, and the ratios of the first to the others. */
    static String of(Standing standing) {
        StringBuilder text = new StringBuilder();
        text.append(format(
                "%-10s %4s  %-38s %-24s %s%n",
                "contender", "runs", "events/s: median [min - max]", "CPU-s/M events", "heap peak, MB"));
        for (Line line : standing.lines()) {
            text.append(format(
                    "%-10s %4d  %-38s %-24s %.0f%n",
                    line.contender(),
                    line.runs(),
                    spread("%,.0f", line.eventsPerSecond()),
                    spread("%.2f", line.cpuSecondsPerMillion()),
                    line.peakHeapMegabytes().median()));
        }
        for (Comparison ratio : standing.ratios()) {
            text.append(format(
                    "%s / %s: %.2fx the events/s [%.2fx - %.2fx], %.2fx the CPU per event [%.2fx - %.2fx]%n",
                    ratio.contender(),
                    ratio.other(),
                    ratio.speed().ratio(),
                    ratio.speed().lowerBound(),
                    ratio.speed().upperBound(),
                    ratio.cpu().ratio(),
                    ratio.cpu().lowerBound(),
                    ratio.cpu().upperBound()));
        }
        return text.toString();
    }

    private static String spread(String number, Spread spread) {
        return format(number + " [" + number + " - " + number + "]", spread.median(), spread.min(), spread.max());
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
