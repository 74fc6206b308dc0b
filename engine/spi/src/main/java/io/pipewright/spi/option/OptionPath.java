package io.pipewright.spi.option;

/**
 * Paths to options, by which a plugin says what a problem is about: {@code steps[1].times} is the value of an option,
 * {@code columns.total:} the key of one.
 */
public final class OptionPath {

    /** Ends the path of a key. */
    public static final String KEY = ":";

    private OptionPath() {}

    /** The path of an option's key, for problems with what something is called or that it is there at all. */
    public static String key(String option) {
        return option.isEmpty() ? option : option + KEY;
    }
}
