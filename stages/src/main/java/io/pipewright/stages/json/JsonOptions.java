package io.pipewright.stages.json;

import io.pipewright.spi.option.Option;
import io.pipewright.spi.record.TimestampFormat;
import org.jspecify.annotations.Nullable;

/** The options of the {@code json} format. */
public record JsonOptions(
        @Option(
                        doc =
                                "How a sink writes timestamps: `iso` text in UTC with milliseconds, or a number of `millis`,"
                                        + " `seconds` or `micros` since 1970. `iso` if absent. For a source, each field of the"
                                        + " record has its own `format`.")
                @Nullable
                TimestampFormat timestamps) {}
