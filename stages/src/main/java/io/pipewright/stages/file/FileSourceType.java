package io.pipewright.stages.file;

import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.stage.Framing;
import io.pipewright.spi.stage.OutsideCheck;
import io.pipewright.spi.stage.OutsideCheck.OutsideProblem;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads files, each line a record, and ends, or follows them as they grow. */
public final class FileSourceType implements StageType<FileSourceOptions, FileSourcePlan> {

    private static final Duration POLL_EVERY = Duration.ofSeconds(1);

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.SOURCE,
                "file",
                "Reads files: each line is a record. The job ends when all are read, or follows them as they grow.",
                false,
                true,
                List.of("source", "split"));
    }

    @Override
    public Class<FileSourceOptions> optionsType() {
        return FileSourceOptions.class;
    }

    @Override
    public Optional<FileSourcePlan> plan(FileSourceOptions options, PlanContext in) {
        checkFollow(options, in);
        Optional<SourcePlan> source = in.source(options.format(), options.eventTime(), options.rateLimit());
        if (options.path().isBlank()) {
            in.error("missing-option", "path", "A `file` source needs a path.", "name a file, a folder or a pattern.");
        } else if (!new FilePattern(options.path()).isRight()) {
            in.error(
                    "bad-literal",
                    "path",
                    "`" + options.path() + "` is not a pattern of files.",
                    "close each `[` and `{`; the sign itself is written `\\[` or `\\{`.");
        }
        if (source.isPresent() && source.get().format().framing() == Framing.MESSAGES) {
            in.error(
                    "bad-format",
                    "format",
                    "Files are read line by line, and a record of `"
                            + options.format().type() + "` is no line.",
                    "name a format of lines, such as `json` or `csv`.");
            return Optional.empty();
        }
        return source.map(plan -> new FileSourcePlan(options.path(), plan, pollEvery(options)));
    }

    private static @Nullable Duration pollEvery(FileSourceOptions options) {
        Duration pollEvery = options.pollEvery();
        if (!options.follow()) {
            return null;
        }
        return pollEvery == null ? POLL_EVERY : pollEvery;
    }

    private static void checkFollow(FileSourceOptions options, PlanContext in) {
        if (!options.follow()) {
            if (options.pollEvery() != null) {
                in.error(
                        "useless-option",
                        OptionPath.key("pollEvery"),
                        "`pollEvery` goes with `follow: true` alone.",
                        "add `follow: true`, or leave it out.");
            }
            return;
        }
        if (options.path().endsWith(".gz")) {
            in.error(
                    "conflicting-options",
                    "follow",
                    "`" + options.path() + "` names packed files, which do not grow.",
                    "leave `follow` out to read them once, or name files that are not packed.");
        }
        EventTime eventTime = options.eventTime();
        if (eventTime != null && eventTime.idleAfter() == null) {
            in.warning(
                    "missing-option",
                    "eventTime",
                    "A file to which nothing more is written holds back the watermark for good.",
                    "add `idleAfter`, such as `idleAfter: 30s`.");
        }
    }

    @Override
    public Set<MetaField> meta() {
        return EnumSet.of(MetaField.TOPIC, MetaField.OFFSET);
    }

    @Override
    public Supplier<StageBuilder<FileSourcePlan>> builder() {
        return () -> new FileSourceBuilder();
    }

    @Override
    public Optional<Supplier<OutsideCheck<FileSourcePlan>>> outsideCheck() {
        return Optional.of(() -> FileSourceType::check);
    }

    private static List<OutsideProblem> check(FileSourcePlan plan) {
        try {
            List<Path> files = new FilePattern(plan.path()).files();
            if (files.isEmpty() && !plan.isEndless()) {
                return List.of(new OutsideProblem(
                        "path",
                        "There is no file at `" + plan.path() + "`.",
                        "correct `path`; it is relative to the folder in which the engine runs."));
            }
            return files.stream()
                    .filter(file -> !Files.isReadable(file))
                    .findFirst()
                    .map(file -> unreadable(String.valueOf(file)))
                    .stream()
                    .toList();
        } catch (FileSystemException e) {
            return List.of(unreadable(e.getFile()));
        } catch (IOException e) {
            return List.of(unreadable(plan.path()));
        }
    }

    private static OutsideProblem unreadable(String file) {
        return new OutsideProblem("path", "`" + file + "` cannot be read.", "check its permissions.");
    }
}
