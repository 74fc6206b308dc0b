package io.pipewright.stages.file;

import io.pipewright.spi.stage.Framing;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.SinkFormatPlan;
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
        String suffix =
                switch (options.format().type()) {
                    case "json" -> ".jsonl";
                    case "csv" -> ".csv";
                    default -> "";
                };
        Optional<SinkFormatPlan> plan = in.sink(options.format(), in.input());
        if (plan.isPresent() && plan.get().framing() == Framing.MESSAGES) {
            in.error(
                    "bad-format",
                    "format",
                    "Files are written line by line, and a record of `"
                            + options.format().type() + "` is no line.",
                    "name a format of lines, such as `json` or `csv`.");
            return Optional.empty();
        }
        return plan.map(format -> new FileSinkPlan(options.path(), format, options.single(), suffix, in.input()));
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
