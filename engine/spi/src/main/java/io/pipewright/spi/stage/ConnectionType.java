package io.pipewright.spi.stage;

import org.jspecify.annotations.Nullable;

/**
 * A type of entry in {@code connections}: options that several sources, sinks or checks share. Found by {@link
 * java.util.ServiceLoader}.
 */
public interface ConnectionType<O extends Record> {

    String name();

    String summary();

    Class<O> optionsType();

    /** Checks across options, by option path. */
    default void check(O options, Problems problems) {}

    /** Where a plugin that is not a stage reports. */
    interface Problems {
        void error(String code, String optionPath, String message, @Nullable String hint);

        void warning(String code, String optionPath, String message, @Nullable String hint);
    }
}
