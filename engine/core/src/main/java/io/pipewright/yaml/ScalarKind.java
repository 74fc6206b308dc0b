package io.pipewright.yaml;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a scalar is by YAML 1.2's core schema (chapter 10.3.2 of the specification). Only plain scalars can be other
 * than {@link #STRING}: {@code on}, {@code no}, {@code 1_000} and {@code 12:30} are texts.
 */
public enum ScalarKind {
    NULL("null"),
    BOOL("a boolean"),
    INT("an integer"),
    FLOAT("a number"),
    STRING("a text");

    /** A longer run of digits is a text: no option has such numbers, and converting them takes quadratic time. */
    private static final int MAX_NUMBER_LENGTH = 400;

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> BOOLEANS = Set.of("true", "True", "TRUE", "false", "False", "FALSE");
    private static final String NUMBER_STARTS = "-+.0123456789";
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern NUMBER = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private final String label;

    ScalarKind(String label) {
        this.label = label;
    }

    /** What the author would call it. */
    public String label() {
        return label;
    }

    static ScalarKind of(String text, ScalarStyle style) {
        if (style != ScalarStyle.PLAIN) {
            return STRING;
        } else if (NULLS.contains(text)) {
            return NULL;
        } else if (BOOLEANS.contains(text)) {
            return BOOL;
        } else if (NUMBER_STARTS.indexOf(text.charAt(0)) < 0 || text.length() > MAX_NUMBER_LENGTH) {
            return STRING;
        } else if (INTEGER.matcher(text).matches()) {
            return INT;
        }
        return NUMBER.matcher(text).matches() ? FLOAT : STRING;
    }
}
