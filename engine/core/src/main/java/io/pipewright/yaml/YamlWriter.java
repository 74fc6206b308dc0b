package io.pipewright.yaml;

import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Writes a document as YAML in block style: keys in their order, two blanks of indentation, without comments, anchors
 * and aliases. What it writes reads back as the same tree.
 */
public final class YamlWriter {

    /** Plain scalars that are nothing else in any place of a block: no blanks, no indicators, no colon at the end. */
    private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./:;@+=-]*(?<!:)");

    private final UnaryOperator<ScalarNode> change;
    private final StringBuilder text = new StringBuilder();

    private YamlWriter(UnaryOperator<ScalarNode> change) {
        this.change = change;
    }

    /**
     * The text, ended by a line break.
     *
     * @param change what to write for a scalar; itself, or another one
     */
    public static String write(Document document, UnaryOperator<ScalarNode> change) {
        YamlWriter writer = new YamlWriter(change);
        writer.mapping(document.root(), 0, true);
        return writer.text.toString();
    }

    /** A text as a scalar that is read as this text in every place, also inside braces: plain where that is possible. */
    public static String text(String value) {
        return SIMPLE.matcher(value).matches() && isText(value) ? value : quoted(value);
    }

    private void node(Node node, int indent) {
        if (node instanceof MappingNode mapping) {
            if (mapping.keys().isEmpty()) {
                text.append(" {}\n");
            } else {
                text.append('\n');
                mapping(mapping, indent, true);
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence(sequence, indent);
        } else {
            text.append(' ');
            scalar(change.apply((ScalarNode) node), indent);
        }
    }

    private void mapping(MappingNode mapping, int indent, boolean indentFirst) {
        boolean indented = indentFirst;
        for (MappingNode.Entry entry : mapping.entries()) {
            text.append(indented ? " ".repeat(indent) : "");
            text.append(
                            SIMPLE.matcher(entry.key()).matches() && isText(entry.key())
                                    ? entry.key()
                                    : quoted(entry.key()))
                    .append(':');
            node(entry.value(), indent + 2);
            indented = true;
        }
    }

    private void sequence(SequenceNode sequence, int indent) {
        if (sequence.items().isEmpty()) {
            text.append(" []\n");
            return;
        }
        text.append('\n');
        for (Node item : sequence.items()) {
            text.append(" ".repeat(indent)).append('-');
            if (item instanceof MappingNode mapping && !mapping.keys().isEmpty()) {
                text.append(' ');
                mapping(mapping, indent + 2, false);
            } else {
                node(item, indent + 2);
            }
        }
    }

    private void scalar(ScalarNode scalar, int indent) {
        String value = scalar.text();
        boolean lines = Set.of(ScalarStyle.LITERAL, ScalarStyle.FOLDED).contains(scalar.style());
        if (lines && fitsBlock(value)) {
            text.append(value.endsWith("\n") ? "|\n" : "|-\n");
            value.lines().forEach(line -> text.append(line.isEmpty() ? "" : " ".repeat(indent) + line)
                    .append('\n'));
            return;
        }
        text.append(inline(scalar, value)).append('\n');
    }

    private static String inline(ScalarNode scalar, String value) {
        if (scalar.isNull()) {
            return "null";
        }
        boolean plain = scalar.style() == ScalarStyle.PLAIN;
        if (plain
                && (scalar.kind() != ScalarKind.STRING || SIMPLE.matcher(value).matches())) {
            return value;
        } else if (!plain && isText(value) && SIMPLE.matcher(value).matches()) {
            return value;
        }
        return quoted(value);
    }

    /** Whether a plain scalar of this text is read as a text. */
    private static boolean isText(String value) {
        return ScalarKind.of(value, ScalarStyle.PLAIN) == ScalarKind.STRING;
    }

    /** Whether a block scalar can hold it without an indentation indicator and with `|` or `|-`. */
    private static boolean fitsBlock(String value) {
        return !value.isBlank()
                && !Character.isWhitespace(value.charAt(0))
                && !value.endsWith("\n\n")
                && value.chars().allMatch(c -> c == '\n' || (c >= ' ' && c != 0x7f && c != 0x85 && c != 0xfeff));
    }

    /** The text on one line in single quotes, or in double quotes where it needs escapes. */
    static String quoted(String value) {
        boolean printable = value.chars()
                .allMatch(c -> c >= ' ' && !Character.isISOControl(c) && c != 0xfeff && c != 0x2028 && c != 0x2029);
        if (printable) {
            return "'" + value.replace("'", "''") + "'";
        }
        StringBuilder escaped = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            boolean special = c < ' ' || Character.isISOControl(c) || c == 0xfeff || c == 0x2028 || c == 0x2029;
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c == '\n') {
                escaped.append("\\n");
            } else {
                escaped.append(special ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return escaped.append('"').toString();
    }
}
