package io.pipewright.stages.text;

/**
 * Why a text is no value of its type.
 *
 * @param code {@code wrong-type} or {@code out-of-range}
 * @param problem the end of a sentence that begins with the field
 */
public record Unreadable(String code, String problem) {

    static Unreadable wrongType(String needed, String text) {
        return new Unreadable("wrong-type", "must be " + needed + ", but is the text \"" + Excerpt.of(text) + "\"");
    }

    static Unreadable outOfRange(String needed, String text) {
        return new Unreadable("out-of-range", "must be " + needed + ", but " + Excerpt.of(text) + " is out of range");
    }
}
