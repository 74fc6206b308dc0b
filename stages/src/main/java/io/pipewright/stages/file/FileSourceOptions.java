package io.pipewright.stages.file;

import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.SourceFormat;
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
        @Option(doc = "How a line is read.", change = Option.Change.SPLITS) SourceFormat format,
        @Option(doc = "How many records all subtasks together may read, such as `500/s`; no record is dropped.")
                @Nullable
                Rate rateLimit,
        @Option(doc = "Where the time of an event is read; needed if a stage goes by event time.") @Nullable
                EventTime eventTime) {}
