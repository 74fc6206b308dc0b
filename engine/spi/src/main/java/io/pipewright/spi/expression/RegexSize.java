package io.pipewright.spi.expression;

/**
 * How large a regular expression is when its repetitions are written out, and how deep its groups nest: the library
 * compiles {@code ((a{1000}){1000}){1000}} to a thousand million steps, and recurses into groups.
 *
 * <p>An estimate from above, made without compiling: what is not well-formed has a size too, and is left to the
 * library.
 */
public final class RegexSize {

    private static final int MAX_STEPS = 50_000;
    private static final int MAX_GROUPS = 100;

    private final String regex;
    private final long[] before = new long[MAX_GROUPS + 1];
    private int depth;
    private long steps;
    private long last;
    private int at;

    private RegexSize(String regex) {
        this.regex = regex;
    }

    /** Whether an expression is small enough to be compiled. */
    public static boolean fits(String regex) {
        return new RegexSize(regex).fits();
    }

    private boolean fits() {
        while (at < regex.length() && depth <= MAX_GROUPS && steps <= MAX_STEPS) {
            char sign = regex.charAt(at++);
            switch (sign) {
                case '(' -> {
                    if (depth < MAX_GROUPS) {
                        before[depth] = steps;
                    }
                    depth++;
                    steps = 0;
                }
                case ')' -> close();
                case '[' -> atom(skipClass());
                case '\\' -> atom(at + 1);
                case '{' -> repeat();
                default -> atom(at);
            }
        }
        while (depth > 0 && depth <= MAX_GROUPS) {
            close();
        }
        return depth <= MAX_GROUPS && steps <= MAX_STEPS;
    }

    private void atom(int next) {
        at = next;
        last = 1;
        steps++;
    }

    private void close() {
        if (depth > 0) {
            depth--;
            last = steps + 2;
            steps = before[depth] + last;
        }
    }

    /** After the bracket that ends a class; one right at the start is a member. */
    private int skipClass() {
        int end = at + (regex.startsWith("^", at) ? 1 : 0);
        end += regex.startsWith("]", end) ? 1 : 0;
        while (end < regex.length() && regex.charAt(end) != ']') {
            end += regex.charAt(end) == '\\' ? 2 : 1;
        }
        return end + 1;
    }

    /** What stands before the brace, as often as the larger of its numbers says. */
    private void repeat() {
        long largest = 0;
        long number = 0;
        while (at < regex.length() && regex.charAt(at) != '}') {
            char sign = regex.charAt(at++);
            number = sign >= '0' && sign <= '9' ? Math.min(MAX_STEPS, number * 10 + sign - '0') : 0;
            largest = Math.max(largest, number);
        }
        at++;
        steps += last * Math.max(0, largest - 1);
        last *= Math.max(1, largest);
    }
}
