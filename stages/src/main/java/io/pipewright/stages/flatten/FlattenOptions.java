package io.pipewright.stages.flatten;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;

/** The options of {@code flatten}. */
public record FlattenOptions(
        @Option(
                        doc = "The list, as an expression over the fields of the input. A record whose list is null or"
                                + " empty gives no record, and is counted.")
                Expression list,
        @Option(
                        doc =
                                "The field that holds the element; the others are those of the input. A field of the input"
                                        + " with the same name is replaced.")
                String name) {}
