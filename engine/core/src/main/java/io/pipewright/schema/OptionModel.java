package io.pipewright.schema;

import io.pipewright.spi.option.Option;
import org.jspecify.annotations.Nullable;

/**
 * One option of a plugin.
 *
 * @param required whether it must be written
 * @param leastText the least value of a duration or a whole number, as an author would write it; empty for any
 * @param mostText the greatest, likewise
 * @param defaultText its value if absent, as an author would write it; null if it has none
 */
public record OptionModel(
        String name,
        OptionShape shape,
        boolean required,
        @Nullable String defaultText,
        String leastText,
        String mostText,
        String doc,
        Option.Change change,
        boolean secret) {}
