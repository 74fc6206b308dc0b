package io.pipewright.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The lines of scalars in the canonical form, without the indentation of those after the first. */
final class ScalarLines {

    /** Texts that need no quotes anywhere, and that no other reader of YAML takes for something else. */
    private static final Pattern SIMPLE = Pattern.compile("(\\.{0,2}/)?[A-Za-z_][A-Za-z0-9_./@+-]*");

    private static final Set<String> FORMER_BOOLEANS = Set.of("y", "n", "yes", "no", "on", "off");

    /** Names, dots, {@code ()} and {@code [n]}, also several of them joined by a logical operator. */
    private static final Pattern NAMES =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_.()\\[\\]]*( (&&|\\|\\|) [A-Za-z_][A-Za-z0-9_.()\\[\\]]*)*");

    private ScalarLines() {}

    /**
     * A scalar that is no block scalar.
     *
     * @param flow whether it stands inside {@code {}} or {@code []}
     */
    static List<String> of(LayoutNode.Scalar scalar, boolean flow) {
        boolean quoted = scalar.style() != ScalarStyle.PLAIN;
        if (quoted && isSimple(scalar.text(), flow)) {
            return List.of(scalar.text());
        }
        return scalar.isOneLine() ? List.of(scalar.raw()) : joined(scalar);
    }

    /**
     * An expression that is no block scalar.
     *
     * @param expression how it is written but for YAML's quotes
     */
    static List<String> ofExpression(LayoutNode.Scalar scalar, String expression, boolean flow) {
        boolean text = ScalarKind.of(scalar.text(), scalar.style()) == ScalarKind.STRING;
        if (!scalar.isOneLine()) {
            return scalar.style() == ScalarStyle.PLAIN && text ? quotedLines(joined(scalar)) : joined(scalar);
        }
        boolean plain = NAMES.matcher(expression).matches()
                && ScalarKind.of(expression, ScalarStyle.PLAIN) == ScalarKind.STRING
                && !(flow && expression.contains("["));
        if (!text || expression.chars().anyMatch(c -> c < ' ')) {
            return List.of(scalar.raw());
        }
        return List.of(plain ? expression : YamlWriter.quoted(expression));
    }

    private static boolean isSimple(String text, boolean flow) {
        String bare = !flow && text.endsWith("?") ? text.substring(0, text.length() - 1) : text;
        return SIMPLE.matcher(bare).matches()
                && ScalarKind.of(text, ScalarStyle.PLAIN) == ScalarKind.STRING
                && !FORMER_BOOLEANS.contains(text.toLowerCase(Locale.ROOT));
    }

    private static List<String> quotedLines(List<String> lines) {
        List<String> quoted = new ArrayList<>(
                lines.stream().map(line -> line.replace("'", "''")).toList());
        quoted.set(0, "'" + quoted.get(0));
        quoted.set(quoted.size() - 1, quoted.get(quoted.size() - 1) + "'");
        return quoted;
    }

    /** The lines as the author broke them; YAML takes no notice of the blanks around a break. */
    private static List<String> joined(LayoutNode.Scalar scalar) {
        List<String> raw = lines(scalar.raw());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            String line = i == 0 ? raw.get(i) : stripStart(raw.get(i));
            boolean last = i == raw.size() - 1;
            lines.add(last ? line : withoutBlanksBeforeBreak(line, scalar.style() == ScalarStyle.DOUBLE_QUOTED));
        }
        return lines;
    }

    /** In double quotes, a blank after a backslash is an escape. */
    private static String withoutBlanksBeforeBreak(String line, boolean escapes) {
        String stripped = stripEnd(line);
        int backslashes = 0;
        while (backslashes < stripped.length() && stripped.charAt(stripped.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        boolean escaped = escapes && backslashes % 2 == 1 && stripped.length() < line.length();
        return escaped ? line.substring(0, stripped.length() + 1) : stripped;
    }

    private static List<String> lines(String text) {
        return List.of(text.split("\r\n|\r|\n", -1));
    }

    static String stripEnd(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
            end--;
        }
        return line.substring(0, end);
    }

    private static String stripStart(String line) {
        int start = 0;
        while (start < line.length() && (line.charAt(start) == ' ' || line.charAt(start) == '\t')) {
            start++;
        }
        return line.substring(start);
    }
}
