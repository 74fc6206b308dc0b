package io.pipewright.stages.file;

import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes records to files, one per line. */
public final class FileSinkType implements StageType<FileSinkOptions, FileSinkPlan> {

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.SINK,
                "file",
                "Writes records to files, one per line.",
                false,
                false,
                List.of("encode", "writer", "single"));
    }

    @Override
    public Class<FileSinkOptions> optionsType() {
        return FileSinkOptions.class;
    }

    @Override
    public Optional<FileSinkPlan> plan(FileSinkOptions options, PlanContext in) {
        if (options.path().isBlank()) {
            in.error(
                    "missing-option", "path", "A `file` sink needs a path.", "name a folder, or with `single` a file.");
            return Optional.empty();
        }
        String suffix = options.format().type().equals("json") ? ".jsonl" : "";
        return in.sink(options.format(), in.input())
                .map(format -> new FileSinkPlan(options.path(), format, options.single(), suffix, in.input()));
    }

    @Override
    public boolean takesChanges() {
        return true;
    }

    @Override
    public Supplier<StageBuilder<FileSinkPlan>> builder() {
        return () -> new FileSinkBuilder();
    }
}
