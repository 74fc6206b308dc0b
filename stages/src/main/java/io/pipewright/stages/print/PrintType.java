package io.pipewright.stages.print;

import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The {@code print} sink: shows records while a pipeline is written. */
public final class PrintType implements StageType<PrintOptions, PrintPlan> {

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.SINK,
                "print",
                "Writes each record to the standard output of the process that runs it, as JSON after the sink's id.",
                false,
                false,
                List.of(PrintBuilder.ROLE));
    }

    @Override
    public Class<PrintOptions> optionsType() {
        return PrintOptions.class;
    }

    @Override
    public Optional<PrintPlan> plan(PrintOptions options, PlanContext in) {
        return Optional.of(new PrintPlan(in.input()));
    }

    @Override
    public boolean takesChanges() {
        return true;
    }

    @Override
    public Supplier<StageBuilder<PrintPlan>> builder() {
        return () -> new PrintBuilder();
    }
}
