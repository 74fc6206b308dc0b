package io.pipewright.spi.option;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How often something happens, written {@code 3}, {@code 2..4} or {@code 1..}.
 *
 * @param min 0 or more
 * @param max at least {@code min}; null for no bound
 */
public record Times(int min, @Nullable Integer max) implements Serializable {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})(\\.\\.(\\d{1,9})?)?");

    public Times {
        if (min < 0 || (max != null && max < min)) {
            throw new IllegalArgumentException("Not a number of times: " + min + ".." + max);
        }
    }

    public static Times exactly(int times) {
        return new Times(times, times);
    }

    /** What an author wrote; empty if it is none of the three ways to write it, or counts down. */
    public static Optional<Times> parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        int min = Integer.parseInt(written.group(1));
        if (written.group(2) == null) {
            return Optional.of(exactly(min));
        }
        if (written.group(3) == null) {
            return Optional.of(new Times(min, null));
        }
        int max = Integer.parseInt(written.group(3));
        return max < min ? Optional.empty() : Optional.of(new Times(min, max));
    }

    // By hand, as in RecordType.
    @Override
    public boolean equals(Object other) {
        return other instanceof Times times && min == times.min && Objects.equals(max, times.max);
    }

    @Override
    public int hashCode() {
        return Objects.hash(min, max);
    }

    /** The canonical way to write it. */
    public String text() {
        if (max == null) {
            return min + "..";
        }
        return max == min ? String.valueOf(min) : min + ".." + max;
    }
}
