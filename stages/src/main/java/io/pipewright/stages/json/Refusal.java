package io.pipewright.stages.json;

import io.pipewright.stages.text.Excerpt;

/**
 * Why a message is no record.
 *
 * @param place the field, empty for the message as a whole
 * @param problem the end of a sentence that begins with its place, or the whole sentence of a {@code message}
 * @param message whether it is about the text as such, wherever it was found
 */
record Refusal(String code, String place, String problem, boolean message) {

    static final String MALFORMED_JSON = "malformed-json";
    static final String INVALID_UTF8 = "invalid-utf8";
    static final String MISSING_FIELD = "missing-field";
    static final String WRONG_TYPE = "wrong-type";
    static final String OUT_OF_RANGE = "out-of-range";
    static final String UNKNOWN_FIELD = "unknown-field";

    /** A problem of a value, as the end of a sentence that begins with its place: {@code must be …, but is …}. */
    static Refusal ofValue(String code, String problem) {
        return new Refusal(code, "", problem, false);
    }

    /** A text that is not JSON, with a sentence that says so. */
    static Refusal ofMessage(String sentence) {
        return new Refusal(MALFORMED_JSON, "", sentence, true);
    }

    /** The same, one step further out: {@code step} is a field's name, {@code .key} or {@code [index]}. */
    Refusal inside(String step) {
        if (message) {
            return this;
        }
        boolean dot = !place.isEmpty() && place.charAt(0) != '[' && place.charAt(0) != '.';
        return new Refusal(code, step + (dot ? "." : "") + place, problem, false);
    }

    String reason() {
        if (message) {
            return problem;
        }
        return place.isEmpty() ? "The message " + problem + "." : "Field `" + Excerpt.of(place) + "` " + problem + ".";
    }
}
