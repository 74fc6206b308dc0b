package io.pipewright.stages.file;

import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.SourceFormat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The options of a {@code file} source. */
public record FileSourceOptions(
        @Option(
                        doc =
                                "A file, a folder (its files, not those of folders in it; none that begins with a dot or an"
                                        + " underscore), or a pattern such as `in/*.jsonl` or `in/**/*.jsonl`. Files that end with"
                                        + " `.gz` are unpacked.",
                        change = Option.Change.SPLITS)
                String path,
        @Option(
                        doc =
                                "Whether files go on being read as they grow, and files that come later are read too, without"
                                        + " end. A line is read when it has its end. A file that is renamed goes on where it"
                                        + " was, if `path` names it then too; one that is shorter than what was read of it, or"
                                        + " begins with something else, is read from its start and counted"
                                        + " (`restartedFiles`), and one that goes before all of it was read is counted"
                                        + " (`unfinishedFiles`). Files that end with `.gz` do not grow: they are left out and"
                                        + " counted (`packedFiles`).",
                        defaultValue = "false",
                        change = Option.Change.LOSES)
                boolean follow,
        @Option(
                        doc = "With `follow`, how often it is looked for new files and new lines. `1s` if absent.",
                        least = "10ms")
                @Nullable
                Duration pollEvery,
        @Option(doc = "How a line is read.", change = Option.Change.SPLITS) SourceFormat format,
        @Option(doc = "How many records all subtasks together may read, such as `500/s`; no record is dropped.")
                @Nullable
                Rate rateLimit,
        @Option(doc = "Where the time of an event is read; needed if a stage goes by event time.") @Nullable
                EventTime eventTime) {}
