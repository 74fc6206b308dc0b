package io.pipewright.spi.option;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A value that may be used but never shown: its text is dots, so that no log line, message, plan or graph can hold it by accident.
 *
 * <p>Deliberately not serializable: a secret is read on the machine that uses it and does not travel in a job graph. Two secrets are equal
 * when their values are. This guards against accidents only; the value stays readable in the memory of the process.
 */
public final class Secret {

    private static final String DOTS = "••••";

    private final String value;

    private Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** Wraps a value, which may be empty. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value itself, for the one place that sends it; never for a message. */
    public String reveal() {
        return value;
    }

    /** Whether there is nothing in it, which callers may say aloud. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        // Compared in constant time: equality is asked of values that an outsider may have guessed.
        return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return DOTS;
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
