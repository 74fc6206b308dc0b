package io.pipewright.diagnostic;

import java.util.Locale;

/**
 * Text of a pipeline as it may be shown: what a terminal would obey or nobody would see is written as its escape,
 * {@code \}{@code u001B}.
 *
 * <p>That is control characters, the signs of Unicode that turn the direction of text or take no room (category Cf),
 * line and paragraph separators, and halves of characters. So no file can move the cursor, change colours or hide
 * something in what is printed about it. What has more than 4,000 characters is shortened.
 */
public final class VisibleText {

    private static final int MAX_LENGTH = 4_000;
    private static final int KEPT_AT_END = 1_000;

    private VisibleText() {}

    /** The text on one line. */
    public static String of(String text) {
        return shortened(shown(text, false));
    }

    /** The same, but line breaks stay, as line feeds, without those at the end. */
    public static String lines(String text) {
        return shortened(shown(text.stripTrailing().replace("\r\n", "\n"), true));
    }

    /** Without the middle of what is too long to be read, such as a key of a mebibyte. */
    private static String shortened(String text) {
        int points = text.codePointCount(0, text.length());
        if (points <= MAX_LENGTH) {
            return text;
        }
        String start = text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH - KEPT_AT_END));
        return start + "…" + text.substring(text.offsetByCodePoints(text.length(), -KEPT_AT_END));
    }

    /** Whether a character would be escaped. */
    static boolean hidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String shown(String text, boolean lines) {
        if (text.codePoints().noneMatch(VisibleText::hidden)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (!hidden(point) || (lines && point == '\n')) {
                shown.appendCodePoint(point);
            } else {
                shown.append(String.format(Locale.ROOT, point > 0xFFFF ? "\\U%08X" : "\\u%04X", point));
            }
        });
        return shown.toString();
    }
}
