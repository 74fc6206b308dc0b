package io.pipewright.stages.fields;

import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The {@code select} stage: makes of each record one with the fields that it names. */
public final class SelectType implements StageType<SelectOptions, FieldsPlan> {

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.STAGE,
                "select",
                "Makes of each record one with the fields that it names.",
                false,
                true,
                List.of(FieldsBuilder.ROLE));
    }

    @Override
    public Class<SelectOptions> optionsType() {
        return SelectOptions.class;
    }

    @Override
    public Optional<FieldsPlan> plan(SelectOptions options, PlanContext in) {
        return FieldsPlan.check("select", options.fields(), new RecordType(in.id(), List.of()), in);
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
