package io.pipewright.stages.regex;

import io.pipewright.spi.option.Option;

/** The options of the {@code regex} format. */
public record RegexOptions(
        @Option(
                        doc =
                                "A regular expression in the syntax of RE2, which must match the whole line. Its named groups,"
                                        + " `(?P<name>[a-z]+)`, are the fields, by their `path`, which is their name if they have"
                                        + " none; a group that takes no part in the match is null.")
                String pattern) {}
