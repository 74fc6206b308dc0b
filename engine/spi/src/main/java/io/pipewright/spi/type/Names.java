package io.pipewright.spi.type;

import java.util.Set;

/** The two kinds of names in the language. */
public final class Names {

    /** Words that no expression can use as a name, by CEL's language definition. */
    public static final Set<String> RESERVED = Set.of(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
            "loop",
            "namespace",
            "null",
            "package",
            "return",
            "true",
            "var",
            "void",
            "while");

    private Names() {}

    /** Whether a field, a column or a variable can have this name: letters of ASCII, digits and {@code _}, no digit first. */
    public static boolean isIdentifier(String text) {
        if (text.isEmpty() || isDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !isDigit(c) && c != '_') {
                return false;
            }
        }
        return true;
    }

    /** Whether an entry, a step or a plugin can have this name: letters of ASCII and digits, a small letter first. */
    public static boolean isId(String text) {
        return !text.isEmpty()
                && text.charAt(0) >= 'a'
                && text.charAt(0) <= 'z'
                && text.indexOf('_') < 0
                && isIdentifier(text);
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
