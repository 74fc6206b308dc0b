package io.pipewright.stages.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Short, printable pieces of the input for messages. */
final class Excerpt {

    private static final int LONGEST = 60;

    private Excerpt() {}

    /** At most 60 characters of a text, control characters and half surrogate pairs as {@code \\uXXXX}. */
    static String of(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (out.length() >= LONGEST) {
                return out.append('…').toString();
            }
            int point = text.codePointAt(i);
            boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            if (half || Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
                out.append(String.format("\\u%04x", point));
            } else {
                out.appendCodePoint(point);
            }
            i += Character.charCount(point) - 1;
        }
        return out.toString();
    }

    /** The token the parser stands on, in words. */
    static String ofToken(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "the text \"" + of(parser.getText()) + "\"";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + of(parser.getText());
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "null";
            default -> "no value";
        };
    }
}
