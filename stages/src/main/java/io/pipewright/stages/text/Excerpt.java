package io.pipewright.stages.text;

/** Short, printable pieces of the input for messages. */
public final class Excerpt {

    private static final int LONGEST = 60;

    private Excerpt() {}

    /** At most 60 characters of a text, control characters and half surrogate pairs as {@code \\uXXXX}. */
    public static String of(String text) {
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
}
