package io.pipewright.stages.filter;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.RecordRef;
import org.jspecify.annotations.Nullable;

/** The options of {@code filter}. */
public record FilterOptions(
        @Option(
                        doc = "Which records pass, as an expression over the fields of the input. The others go to"
                                + " `.rejected`.")
                Expression where,
        @Option(
                        doc =
                                "The record that passes on: some fields of the input, of which some may no longer be null. A"
                                        + " record that lacks one of those goes to `.errors`. Without it the input passes as it is.")
                @Nullable
                RecordRef record) {}
