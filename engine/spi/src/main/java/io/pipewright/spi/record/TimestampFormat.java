package io.pipewright.spi.record;

/** How a timestamp stands in the wire form; whatever it is, nothing finer than a microsecond is taken. */
public enum TimestampFormat {
    /** A number: milliseconds since 1970-01-01T00:00:00Z, with a fraction of up to three digits. */
    MILLIS,
    /** A number: seconds since 1970-01-01T00:00:00Z, with a fraction of up to six digits. */
    SECONDS,
    /** A whole number: microseconds since 1970-01-01T00:00:00Z. */
    MICROS,
    /** Text by ISO 8601 with a time zone offset, such as {@code 2024-05-01T12:00:00.250Z}. */
    ISO
}
