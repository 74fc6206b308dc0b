package io.pipewright.stages.file;

import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.stage.Framing;
import io.pipewright.spi.stage.OutsideCheck;
import io.pipewright.spi.stage.OutsideCheck.OutsideProblem;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
                true,
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
        checkRoll(options, in);
        return plan.map(format ->
                new FileSinkPlan(options.path(), format, options.single(), suffix, options.roll(), in.input()));
    }

    private static void checkRoll(FileSinkOptions options, PlanContext in) {
        FileSinkOptions.Roll roll = options.roll();
        if (roll == null) {
            return;
        }
        if (options.single()) {
            in.error(
                    "conflicting-options",
                    OptionPath.key("roll"),
                    "With `single` there is one file, which is never closed before the end.",
                    "leave out `roll` or `single`.");
        }
        if (roll.size().bytes() == 0) {
            in.error(
                    "out-of-range",
                    "roll.size",
                    "A part file holds at least one record.",
                    "write a size such as `128MiB`.");
        }
    }

    @Override
    public boolean takesChanges() {
        return true;
    }

    @Override
    public Supplier<StageBuilder<FileSinkPlan>> builder() {
        return () -> new FileSinkBuilder();
    }

    @Override
    public Optional<Supplier<OutsideCheck<FileSinkPlan>>> outsideCheck() {
        return Optional.of(() -> FileSinkType::check);
    }

    /** Of a folder here; other file systems are known to the cluster alone. */
    private static List<OutsideProblem> check(FileSinkPlan plan) {
        if (plan.path().contains("://")) {
            return List.of();
        }
        Path path;
        try {
            path = Path.of(plan.path()).toAbsolutePath();
        } catch (InvalidPathException e) {
            return List.of(new OutsideProblem(
                    "path", "`" + plan.path() + "` cannot be the name of a file.", "correct `path`."));
        }
        if (plan.single() && Files.isDirectory(path)) {
            return List.of(new OutsideProblem(
                    "path", "`" + plan.path() + "` is a folder.", "name a file, or leave out `single`."));
        }
        Path folder = plan.single() ? path.getParent() : path;
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of(new OutsideProblem("path", "`" + folder + "` is no folder.", "name another `path`."));
        }
        return Files.isWritable(folder)
                ? List.of()
                : List.of(new OutsideProblem(
                        "path", "Nothing can be written into `" + folder + "`.", "check its permissions."));
    }
}
