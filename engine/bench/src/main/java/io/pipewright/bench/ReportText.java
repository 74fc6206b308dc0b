package io.pipewright.bench;

import io.pipewright.bench.BenchReport.Machine;
import io.pipewright.bench.Standing.Comparison;
import io.pipewright.bench.Standing.Line;
import io.pipewright.bench.Statistics.Spread;
import io.pipewright.bench.contender.JobPlan;
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

    /** What growth came to, as a table in Markdown. */
    static String of(GrowthReport report) {
        StringBuilder text = new StringBuilder(
                setting(report.parallelism(), report.state(), report.checkpointMillis(), report.machine()));
        text.append(format(
                "%n| | events/s | CPU-s per million | CPU beside the first | keys | state, MB | bytes per key |%n"));
        text.append(format("|---|---|---|---|---|---|---|%n"));
        report.lines().forEach(line -> text.append(row(line, report.first(line))));
        return text.toString();
    }

    private static String row(GrowthCase.Line line, GrowthCase.Line first) {
        String row = format(
                "| %s | %s | %s | %.2f |",
                line.grown().label(),
                ofRuns("%,.0f", line.eventsPerSecond(), line.runs()),
                ofRuns("%.2f", line.cpuSecondsPerMillion(), line.runs()),
                line.cpuSecondsPerMillion().median()
                        / first.cpuSecondsPerMillion().median());
        return line.keys() == 0
                ? row + format(" none | | |%n")
                : row
                        + format(
                                " %,d | %,.1f | %,.0f |%n",
                                line.keys(),
                                line.stateMegabytes().median(),
                                line.stateBytesPerKey().median());
    }

    private static String ofRuns(String number, Spread spread, int runs) {
        return runs == 1 ? format(number, spread.median()) : spread(number, spread);
    }

    static String of(BenchReport report) {
        return report.part().name().toLowerCase(Locale.ROOT) + " part, "
                + setting(report.parallelism(), report.state(), report.checkpointMillis(), report.machine())
                + of(new Standing(report.lines(), report.ratios()));
    }

    private static String setting(int parallelism, JobPlan.State state, long checkpointMillis, Machine machine) {
        return format(
                "parallelism %d, %s, checkpoints every %.0f s, %s%n",
                parallelism, state.name().toLowerCase(Locale.ROOT), checkpointMillis / 1_000.0, machine.java());
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
