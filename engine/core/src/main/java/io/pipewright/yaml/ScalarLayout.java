package io.pipewright.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each character of a scalar's text stands in the way it is written: the decoding of chapters 7.3 and 8.1 of the
 * YAML 1.2 specification once more, keeping the places.
 */
final class ScalarLayout {
    private final String raw;
    private final String text;
    private final int[] places;
    private int count;

    private ScalarLayout(String raw, String text) {
        this.raw = raw;
        this.text = text;
        this.places = new int[text.length() + 1];
    }

    static ScalarLayout of(String raw, String text, ScalarStyle style) {
        ScalarLayout layout = new ScalarLayout(raw, text);
        int end =
                switch (style) {
                    case PLAIN -> layout.flow(0, raw.length(), style);
                    case SINGLE_QUOTED, DOUBLE_QUOTED -> layout.flow(1, raw.length() - 1, style);
                    case LITERAL, FOLDED -> layout.block(style == ScalarStyle.FOLDED);
                };
        while (layout.count <= text.length()) {
            layout.places[layout.count++] = end;
        }
        return layout;
    }

    /** The index into the written form of an index into the text. */
    int rawIndex(int offset) {
        return places[offset];
    }

    private void put(int place) {
        if (count < text.length()) {
            places[count++] = place;
        }
    }

    private int flow(int from, int end, ScalarStyle style) {
        int i = from;
        while (i < end) {
            char c = raw.charAt(i);
            if (isBlank(c) || isBreak(c)) {
                i = fold(i, end);
            } else if (style == ScalarStyle.SINGLE_QUOTED && c == '\'') {
                put(i);
                i += 2;
            } else if (style == ScalarStyle.DOUBLE_QUOTED && c == '\\') {
                i = escape(i, end);
            } else {
                put(i++);
            }
        }
        return end;
    }

    /** Blanks stay; blanks around line breaks go; one line break is a space, n are n - 1 line breaks. */
    private int fold(int from, int end) {
        int i = from;
        List<Integer> breaks = new ArrayList<>();
        while (i < end && (isBlank(raw.charAt(i)) || isBreak(raw.charAt(i)))) {
            if (isBreak(raw.charAt(i))) {
                breaks.add(i);
                i = afterBreak(i);
            } else {
                i++;
            }
        }
        if (breaks.isEmpty()) {
            for (int blank = from; blank < i; blank++) {
                put(blank);
            }
        } else if (breaks.size() == 1) {
            put(breaks.get(0));
        } else {
            breaks.subList(1, breaks.size()).forEach(this::put);
        }
        return i;
    }

    private int escape(int from, int end) {
        char c = raw.charAt(from + 1);
        if (isBreak(c)) {
            int i = afterBreak(from + 1);
            while (i < end && (isBlank(raw.charAt(i)) || isBreak(raw.charAt(i)))) {
                if (isBreak(raw.charAt(i))) {
                    put(i);
                    i = afterBreak(i);
                } else {
                    i++;
                }
            }
            return i;
        }
        int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        put(from);
        if (digits == 8 && Integer.parseUnsignedInt(raw, from + 2, from + 10, 16) > 0xFFFF) {
            put(from);
        }
        return from + 2 + digits;
    }

    private int block(boolean folded) {
        int start = 0;
        while (start < raw.length() && !isBreak(raw.charAt(start))) {
            start++;
        }
        int indent = Math.max(0, leading(raw, afterBreak(start)) - leading(text, 0));
        int previousEnd = -1;
        boolean joins = false;
        List<Integer> emptyLines = new ArrayList<>();
        for (int line = afterBreak(start); line < raw.length(); ) {
            int content = line;
            while (content < raw.length() && content - line < indent && raw.charAt(content) == ' ') {
                content++;
            }
            int end = content;
            while (end < raw.length() && !isBreak(raw.charAt(end))) {
                end++;
            }
            if (content == end) {
                emptyLines.add(end);
            } else {
                boolean startsText = folded && !isBlank(raw.charAt(content));
                if (previousEnd >= 0 && (!(joins && startsText) || emptyLines.isEmpty())) {
                    put(previousEnd);
                }
                emptyLines.forEach(this::put);
                emptyLines.clear();
                for (int i = content; i < end; i++) {
                    put(i);
                }
                previousEnd = end;
                joins = startsText;
            }
            line = afterBreak(end);
        }
        return raw.length();
    }

    /** Leading spaces of the first line that holds more than spaces. */
    private static int leading(String lines, int from) {
        int spaces = 0;
        for (int i = from; i < lines.length(); i++) {
            char c = lines.charAt(i);
            if (isBreak(c)) {
                spaces = 0;
            } else if (c == ' ') {
                spaces++;
            } else {
                break;
            }
        }
        return spaces;
    }

    private int afterBreak(int i) {
        boolean two = i + 1 < raw.length() && raw.charAt(i) == '\r' && raw.charAt(i + 1) == '\n';
        return Math.min(raw.length(), i + (two ? 2 : 1));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }
}
