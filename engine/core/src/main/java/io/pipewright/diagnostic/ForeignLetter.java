package io.pipewright.diagnostic;

import java.lang.Character.UnicodeScript;
import java.util.Locale;
import java.util.Optional;

/**
 * The first character of a name that looks like another one or like none: a letter of another script among Latin ones,
 * or a sign without room. What is said about such a name is not to be understood without it, as the name looks right.
 */
public final class ForeignLetter {

    private ForeignLetter() {}

    /** A sentence that says which character it is and where, if the name has Latin letters or digits beside it. */
    public static Optional<String> in(String name) {
        if (!mixed(name)) {
            return Optional.empty();
        }
        int[] points = name.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            if (VisibleText.hidden(points[i]) || isForeign(points[i])) {
                String seen = VisibleText.hidden(points[i]) ? "" : "`" + Character.toString(points[i]) + "`, ";
                return Optional.of(String.format(
                        Locale.ROOT,
                        "Its character %d is %s%s (U+%04X).",
                        i + 1,
                        seen,
                        Character.getName(points[i]),
                        points[i]));
            }
        }
        return Optional.empty();
    }

    private static boolean mixed(String name) {
        return name.chars().anyMatch(letter -> letter < 0x80 && Character.isLetterOrDigit(letter));
    }

    /** Whether it is a letter that is not Latin, or a Latin one of double width. */
    static boolean isForeign(int point) {
        return Character.isLetter(point)
                && (UnicodeScript.of(point) != UnicodeScript.LATIN || (point >= 0xFF21 && point <= 0xFF5A));
    }
}
