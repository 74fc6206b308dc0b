package io.pipewright.spi.type;

import java.util.Locale;
import java.util.Optional;

/** The types without parts, each with the one Java class that holds its values. */
public enum Scalar implements DataType {
    STRING(String.class),
    BOOLEAN(Boolean.class),
    /** 32 bit, signed. */
    INT(Integer.class),
    /** 64 bit, signed. */
    LONG(Long.class),
    DOUBLE(Double.class),
    DECIMAL(java.math.BigDecimal.class),
    /** A {@code byte[]} that nobody changes after it was put into a record. */
    BYTES(byte[].class),
    DATE(java.time.LocalDate.class),
    /** A moment, at most microseconds fine. */
    TIMESTAMP(java.time.Instant.class),
    DURATION(java.time.Duration.class),
    /** JSON text of any shape; made by the engine ({@code Failure.record}), never declared by an author. */
    JSON(String.class);

    private final Class<?> javaClass;

    Scalar(Class<?> javaClass) {
        this.javaClass = javaClass;
    }

    /** The class of every non-null value of this type. */
    public Class<?> javaClass() {
        return javaClass;
    }

    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scalar that an author writes as {@code text}, if there is one. */
    public static Optional<Scalar> of(String text) {
        for (Scalar scalar : values()) {
            if (scalar != JSON && scalar.text().equals(text)) {
                return Optional.of(scalar);
            }
        }
        return Optional.empty();
    }
}
