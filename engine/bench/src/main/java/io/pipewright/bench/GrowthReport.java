package io.pipewright.bench;

import io.pipewright.bench.BenchReport.Machine;
import io.pipewright.bench.contender.JobPlan;
import java.util.List;

/**
 * What growth came to, for {@code --report}.
 *
 * @param machine what it ran on
 * @param jvm the flags of the JVMs
 * @param lines one for each case of which a run counts
 */
record GrowthReport(
        Machine machine,
        List<String> jvm,
        int parallelism,
        JobPlan.State state,
        long checkpointMillis,
        List<GrowthCase.Line> lines) {

    GrowthReport {
        lines = List.copyOf(lines);
    }

    static GrowthReport of(BenchPlan plan, List<GrowthCase.Line> lines) {
        return new GrowthReport(
                Machine.here(),
                plan.jvm().tuning(),
                plan.parallelism(),
                plan.state(),
                plan.checkpoint().toMillis(),
                lines);
    }

    /** The first case of the group of another one, which may be that itself. */
    GrowthCase.Line first(GrowthCase.Line other) {
        return lines.stream()
                .filter(line -> line.grown().group().equals(other.grown().group()))
                .findFirst()
                .orElse(other);
    }
}
