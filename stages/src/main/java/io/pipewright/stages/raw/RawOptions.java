package io.pipewright.stages.raw;

import io.pipewright.spi.option.Option;
import org.jspecify.annotations.Nullable;

/** The options of the {@code raw} format. */
public record RawOptions(
        @Option(
                        doc =
                                "The field that is the message or line, of type `string` or `bytes`. If absent, the only one"
                                        + " whose type that is, beside `file` and `lineNumber` of a source.")
                @Nullable
                String field) {}
