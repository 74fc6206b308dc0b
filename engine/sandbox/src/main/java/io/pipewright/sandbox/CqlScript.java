package io.pipewright.sandbox;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a CQL script into statements at the semicolons that are outside of comments ({@code --}, {@code //},
 * {@code /* *}{@code /}), strings ({@code '…'}, {@code $$…$$}) and quoted names ({@code "…"}).
 */
final class CqlScript {
    private final String text;
    private final List<String> statements = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();

    private CqlScript(String text) {
        this.text = text;
    }

    /** The statements in order, without comments, semicolons and blank ones. */
    static List<String> statements(String text) {
        CqlScript script = new CqlScript(text);
        script.split();
        return List.copyOf(script.statements);
    }

    private void split() {
        int i = 0;
        while (i < text.length()) {
            if (text.startsWith("--", i) || text.startsWith("//", i)) {
                i = after("\n", i);
                current.append('\n');
            } else if (text.startsWith("/*", i)) {
                i = after("*/", i + 2);
                current.append(' ');
            } else if (text.startsWith("$$", i)) {
                i = keep(i, after("$$", i + 2));
            } else if (text.charAt(i) == '\'' || text.charAt(i) == '"') {
                i = keep(i, after(text.substring(i, i + 1), i + 1));
            } else if (text.charAt(i) == ';') {
                end();
                i++;
            } else {
                i = keep(i, i + 1);
            }
        }
        end();
    }

    private int keep(int from, int to) {
        current.append(text, from, to);
        return to;
    }

    /** The index after the next occurrence. A doubled quote inside a text ends one text and begins another: the same. */
    private int after(String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }

    private void end() {
        String statement = current.toString().strip();
        if (!statement.isEmpty()) {
            statements.add(statement);
        }
        current.setLength(0);
    }
}
