package io.pipewright.stages.json;

import io.pipewright.spi.record.TextCache;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.text.ExactNumbers;
import io.pipewright.stages.text.Excerpt;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads scalars exactly: what would be rounded, cut off or replaced is refused.
 *
 * <p>int and long take whole numbers in integer notation alone, so 1.0 and 1e3 are not among them. A double takes any
 * number that neither overflows nor vanishes to zero; an integer only if a double has exactly its value.
 */
final class ScalarReader implements ValueReader {

    private final Scalar scalar;
    private final TimestampFormat format;
    private final TextCache texts = new TextCache();

    ScalarReader(Scalar scalar, TimestampFormat format) {
        this.scalar = scalar;
        this.format = format;
    }

    @Override
    public @Nullable Object read(JsonCursor in) {
        return switch (scalar) {
            case STRING -> readText(in);
            case BOOLEAN -> readBoolean(in);
            case INT -> readInt(in);
            case LONG -> readLong(in);
            case DOUBLE -> readDouble(in);
            case DECIMAL -> readDecimal(in);
            case TIMESTAMP -> TimestampReader.read(in, format);
            case BYTES -> readBytes(in);
            case DATE -> readDate(in);
            case DURATION -> readDuration(in);
            case JSON -> in.raw();
        };
    }

    @Override
    public boolean check(JsonCursor in) {
        return switch (scalar) {
            case STRING -> isText(in, "a string") && in.scanText() && (in.isPlain() || hasWholePairs(in, in.text()));
            case JSON -> in.skip();
            default -> read(in) != null;
        };
    }

    /** A type's name with its article, for messages. */
    static String name(DataType type) {
        if (type instanceof RecordType) {
            return "an object";
        }
        return (type == Scalar.INT ? "an " : "a ") + type.text();
    }

    private @Nullable String readText(JsonCursor in) {
        if (!isText(in, "a string") || !in.scanText()) {
            return null;
        }
        String text = in.text(texts);
        return in.isPlain() || hasWholePairs(in, text) ? text : null;
    }

    private static boolean isText(JsonCursor in, String needed) {
        return in.peek() == '"' || wrong(in, needed);
    }

    static @Nullable String text(JsonCursor in, String needed) {
        if (!isText(in, needed) || !in.scanText()) {
            return null;
        }
        String text = in.text();
        return hasWholePairs(in, text) ? text : null;
    }

    /** Escapes such as {@code \\ud83d} alone make half a surrogate pair, which no UTF-8 can hold, and are refused. */
    static boolean hasWholePairs(JsonCursor in, String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < length ? text.charAt(i + 1) : ' ')) {
                    return in.refuse(Refusal.ofValue(
                            Refusal.MALFORMED_JSON, "holds half of a surrogate pair, which is no text"));
                }
                i++;
            }
        }
        return true;
    }

    private static boolean wrong(JsonCursor in, String needed) {
        return ValueReader.wrong(in, needed);
    }

    private static @Nullable Boolean readBoolean(JsonCursor in) {
        byte first = in.peek();
        if (first != 't' && first != 'f') {
            wrong(in, "a boolean");
            return null;
        }
        boolean value = first == 't';
        return in.literal(value ? "true" : "false") ? value : null;
    }

    /** Scans a number; refuses other values. */
    private static boolean scan(JsonCursor in, String needed) {
        return in.onNumber() ? in.scanNumber() : wrong(in, needed);
    }

    private static boolean scanWhole(JsonCursor in, String needed) {
        return scan(in, needed)
                && (in.isWhole()
                        || in.refuse(Refusal.ofValue(
                                Refusal.WRONG_TYPE,
                                "must be " + needed + ", but is the number " + Excerpt.of(in.number()))));
    }

    private static @Nullable Integer readInt(JsonCursor in) {
        if (!scanWhole(in, "an int")) {
            return null;
        }
        long value = in.digits();
        return in.isShort() && value == (int) value ? (Integer) (int) value : outOfRange(in, "an int");
    }

    private static @Nullable Long readLong(JsonCursor in) {
        return scanWhole(in, "a long") ? whole(in, "a long") : null;
    }

    /** The whole number last scanned; null after a refusal. */
    private static @Nullable Long whole(JsonCursor in, String needed) {
        if (in.isShort()) {
            return in.digits();
        }
        try {
            return Long.parseLong(in.number());
        } catch (NumberFormatException e) {
            return outOfRange(in, needed);
        }
    }

    private static @Nullable Double readDouble(JsonCursor in) {
        if (!scan(in, "a double")) {
            return null;
        }
        String text = in.number();
        if (in.isWhole() && in.isShort() && Math.abs(in.digits()) <= ExactNumbers.ALL_EXACT) {
            return in.digits() == 0 && text.charAt(0) == '-' ? -0.0 : (double) in.digits();
        }
        double number = Double.parseDouble(text);
        if (in.isWhole() && !ExactNumbers.isExactly(number, text)) {
            in.refuse(Refusal.ofValue(
                    Refusal.OUT_OF_RANGE, "must be a double, which cannot hold " + Excerpt.of(text) + " exactly"));
            return null;
        }
        return ExactNumbers.isNear(number, text) ? (Double) number : outOfRange(in, "a double");
    }

    private static @Nullable BigDecimal readDecimal(JsonCursor in) {
        if (!scan(in, "a decimal")) {
            return null;
        }
        BigDecimal number = ExactNumbers.decimal(in.number());
        return number == null ? outOfRange(in, "a decimal") : number;
    }

    private static byte @Nullable [] readBytes(JsonCursor in) {
        int begin = in.position();
        String text = text(in, "base64 text");
        try {
            return text == null ? null : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return wrongAt(in, begin, "base64 text");
        }
    }

    private static @Nullable LocalDate readDate(JsonCursor in) {
        int begin = in.position();
        String text = text(in, "a date");
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            return wrongAt(in, begin, "a date such as 2024-05-31");
        }
    }

    private static @Nullable Duration readDuration(JsonCursor in) {
        int begin = in.position();
        String text = text(in, "a duration");
        try {
            return text == null ? null : Duration.parse(text);
        } catch (DateTimeException e) {
            return wrongAt(in, begin, "a duration by ISO 8601 such as PT1M30S");
        }
    }

    /** Refuses a text that was read already; null. */
    static <T> @Nullable T wrongAt(JsonCursor in, int begin, String needed) {
        in.back(begin);
        wrong(in, needed);
        return null;
    }

    /** Refuses the number last scanned; null. */
    static <T> @Nullable T outOfRange(JsonCursor in, String needed) {
        in.refuse(Refusal.ofValue(
                Refusal.OUT_OF_RANGE, "must be " + needed + ", but " + Excerpt.of(in.number()) + " is out of range"));
        return null;
    }
}
