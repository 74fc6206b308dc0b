package io.pipewright.stages.fields;

import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The {@code add} stage: adds computed fields to each record. */
public final class AddType implements StageType<AddOptions, FieldsPlan> {

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.STAGE,
                "add",
                "Adds computed fields to each record.",
                false,
                true,
                List.of(FieldsBuilder.ROLE));
    }

    @Override
    public Class<AddOptions> optionsType() {
        return AddOptions.class;
    }

    @Override
    public Optional<FieldsPlan> plan(AddOptions options, PlanContext in) {
        return FieldsPlan.check("add", options.fields(), in.input().named(in.id()), in);
    }

    @Override
    public boolean takesChanges() {
        return true;
    }

    @Override
    public Supplier<StageBuilder<FieldsPlan>> builder() {
        return () -> new FieldsBuilder();
    }
}
