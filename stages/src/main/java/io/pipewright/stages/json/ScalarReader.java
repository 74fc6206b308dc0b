package io.pipewright.stages.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;

/**
 * Reads scalars exactly: what would be rounded, cut off or replaced is refused.
 *
 * <p>int and long take whole numbers in integer notation alone, so 1.0 and 1e3 are not among them. A double takes any
 * number that neither overflows nor vanishes to zero; an integer only if a double has exactly its value.
 */
record ScalarReader(Scalar scalar, TimestampFormat format) implements ValueReader {

    private static final int LARGEST_SCALE = 1000;
    private static final long EXACT = 1L << 53;

    @Override
    public Object read(JsonInput in) throws IOException, Refusal {
        JsonParser parser = in.parser;
        return switch (scalar) {
            case STRING -> text(parser, "a string");
            case BOOLEAN -> readBoolean(parser);
            case INT -> readInt(parser);
            case LONG -> readLong(parser);
            case DOUBLE -> readDouble(parser);
            case DECIMAL -> readDecimal(parser);
            case TIMESTAMP -> TimestampReader.read(parser, format);
            case BYTES -> readBytes(parser);
            case DATE -> readDate(parser);
            case DURATION -> readDuration(parser);
            case JSON -> in.skipRaw();
        };
    }

    /** A type's name with its article, for messages. */
    static String name(DataType type) {
        if (type instanceof RecordType) {
            return "an object";
        }
        return (type == Scalar.INT ? "an " : "a ") + type.text();
    }

    private static String text(JsonParser parser, String needed) throws IOException, Refusal {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw ValueReader.wrong(parser, needed);
        }
        String text = parser.getText();
        refuseHalfPairs(text);
        return text;
    }

    /** Escapes such as {@code \\ud83d} alone make half a surrogate pair, which no UTF-8 can hold. */
    static void refuseHalfPairs(String text) throws Refusal {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < length ? text.charAt(i + 1) : ' ')) {
                    throw Refusal.ofValue(Refusal.MALFORMED_JSON, "holds half of a surrogate pair, which is no text");
                }
                i++;
            }
        }
    }

    private static Boolean readBoolean(JsonParser parser) throws IOException, Refusal {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> throw ValueReader.wrong(parser, "a boolean");
        };
    }

    private static Integer readInt(JsonParser parser) throws IOException, Refusal {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw ValueReader.wrong(parser, "an int");
        }
        if (parser.getNumberType() != NumberType.INT) {
            throw outOfRange(parser, "an int");
        }
        return parser.getIntValue();
    }

    private static Long readLong(JsonParser parser) throws IOException, Refusal {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw ValueReader.wrong(parser, "a long");
        }
        if (parser.getNumberType() == NumberType.BIG_INTEGER) {
            throw outOfRange(parser, "a long");
        }
        return parser.getLongValue();
    }

    private static Double readDouble(JsonParser parser) throws IOException, Refusal {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return wholeDouble(parser);
        }
        if (token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw ValueReader.wrong(parser, "a double");
        }
        double number = parser.getDoubleValue();
        if (Double.isInfinite(number) || number == 0 && !zero(parser.getText())) {
            throw outOfRange(parser, "a double");
        }
        return number;
    }

    private static Double wholeDouble(JsonParser parser) throws IOException, Refusal {
        if (parser.getNumberType() != NumberType.BIG_INTEGER) {
            long number = parser.getLongValue();
            if (number >= -EXACT && number <= EXACT) {
                return number == 0 && parser.getText().charAt(0) == '-' ? -0.0 : (double) number;
            }
        }
        double number = Double.parseDouble(parser.getText());
        if (Double.isInfinite(number) || new BigDecimal(number).compareTo(new BigDecimal(parser.getText())) != 0) {
            throw Refusal.ofValue(
                    Refusal.OUT_OF_RANGE,
                    "must be a double, which cannot hold " + Excerpt.of(parser.getText()) + " exactly");
        }
        return number;
    }

    /** Whether the digits before any exponent are all zero. */
    private static boolean zero(String number) {
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c == 'e' || c == 'E') {
                return true;
            }
            if (c >= '1' && c <= '9') {
                return false;
            }
        }
        return true;
    }

    private static BigDecimal readDecimal(JsonParser parser) throws IOException, Refusal {
        if (!parser.currentToken().isNumeric()) {
            throw ValueReader.wrong(parser, "a decimal");
        }
        return decimal(parser, "a decimal");
    }

    /** The number the parser stands on; an exponent that would make it unwieldy is refused. */
    static BigDecimal decimal(JsonParser parser, String needed) throws IOException, Refusal {
        try {
            BigDecimal number = new BigDecimal(parser.getText());
            if (Math.abs((long) number.scale()) <= LARGEST_SCALE) {
                return number;
            }
        } catch (NumberFormatException e) {
            // an exponent of more than 32 bits
        }
        throw outOfRange(parser, needed);
    }

    private static byte[] readBytes(JsonParser parser) throws IOException, Refusal {
        String text = text(parser, "base64 text");
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw ValueReader.wrong(parser, "base64 text");
        }
    }

    private static LocalDate readDate(JsonParser parser) throws IOException, Refusal {
        String text = text(parser, "a date");
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw ValueReader.wrong(parser, "a date such as 2024-05-31");
        }
    }

    private static Duration readDuration(JsonParser parser) throws IOException, Refusal {
        String text = text(parser, "a duration");
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw ValueReader.wrong(parser, "a duration by ISO 8601 such as PT1M30S");
        }
    }

    static Refusal outOfRange(JsonParser parser, String needed) throws IOException {
        return Refusal.ofValue(
                Refusal.OUT_OF_RANGE,
                "must be " + needed + ", but " + Excerpt.of(parser.getText()) + " is out of range");
    }
}
