package io.pipewright.schema;

/** How an expression is written: texts in double quotes. */
final class ExpressionStyle {

    private ExpressionStyle() {}

    /**
     * The expression with double quotes round its texts. One with an escape, a double quote, a prefix or three quotes
     * stays as it is, and so does everything from a comment on.
     */
    static String of(String expression) {
        StringBuilder text = new StringBuilder(expression);
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '/' && text.indexOf("//", i) == i) {
                break;
            }
            if (c != '"' && c != '\'') {
                i++;
                continue;
            }
            int end = end(text, i);
            if (end < 0) {
                return expression;
            }
            if (c == '\'' && isSimple(text, i, end)) {
                text.setCharAt(i, '"');
                text.setCharAt(end, '"');
            }
            i = end + 1;
        }
        return text.toString();
    }

    /** Where the closing quote is, the last of three; -1 if there is none. */
    private static int end(StringBuilder text, int start) {
        String quote = text.substring(start, start + 1);
        boolean three = text.indexOf(quote.repeat(3), start) == start;
        String closing = quote.repeat(three ? 3 : 1);
        boolean raw = start > 0 && "rR".indexOf(text.charAt(start - 1)) >= 0;
        int i = start + closing.length();
        while (i < text.length()) {
            if (text.charAt(i) == '\\' && !raw) {
                i += 2;
            } else if (text.indexOf(closing, i) == i) {
                return i + closing.length() - 1;
            } else {
                i++;
            }
        }
        return -1;
    }

    private static boolean isSimple(StringBuilder text, int start, int end) {
        boolean prefixed = start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1));
        String inside = text.substring(start + 1, end);
        return !prefixed && inside.chars().noneMatch(c -> c == '"' || c == '\\' || c == '\'');
    }
}
