package io.pipewright.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * A block scalar as it is written, without its indentation.
 *
 * @param header where its indicators end
 * @param lines its lines, without empty ones at the end
 * @param kept how many empty lines at its end are part of its text
 * @param indicator the chomping indicator that its text needs
 * @param end where the last line ends; with the empty lines that are part of its text
 */
record BlockText(int header, List<String> lines, int kept, String indicator, int end) {

    BlockText {
        lines = List.copyOf(lines);
    }

    /**
     * Reads it.
     *
     * @param end where the parser ends it: at the next token
     * @param text what the parser made of it
     */
    static BlockText read(FileText file, int start, int end, String text) {
        int header = start + 1;
        while (file.at(header) == '+' || file.at(header) == '-' || Character.isDigit(file.at(header))) {
            header++;
        }
        boolean keeps = file.text(start, header).contains("+");
        int first = file.lineOf(header) + 1;
        int last = lastLine(file, end);
        List<String> raw = new ArrayList<>();
        for (int line = first; line <= last; line++) {
            raw.add(file.line(line));
        }
        int indentation = leading(raw) - leading(List.of(text.split("\n", -1)));
        List<String> lines = new ArrayList<>(
                raw.stream().map(line -> withoutIndentation(line, indentation)).toList());
        int all = lines.size();
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        boolean ended = text.endsWith("\n");
        int kept = keeps && ended ? all - lines.size() : 0;
        int lastKept = first + lines.size() + kept - 1;
        int endOfText = lines.isEmpty() ? header : file.lineStart(lastKept) + points(file.line(lastKept));
        return new BlockText(header, lines, kept, !ended ? "-" : kept > 0 ? "+" : "", endOfText);
    }

    /** The last line, from 0, that ends or has content before a place. */
    private static int lastLine(FileText file, int end) {
        int line = file.lineOf(end);
        return file.text(file.lineStart(line), end).isBlank() ? line - 1 : line;
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String withoutIndentation(String line, int indentation) {
        int cut = 0;
        while (cut < indentation && cut < line.length() && line.charAt(cut) == ' ') {
            cut++;
        }
        return line.substring(cut);
    }

    /** The spaces before the first line that holds more than spaces. */
    private static int leading(List<String> lines) {
        for (String line : lines) {
            for (int i = 0; i < line.length(); i++) {
                if (line.charAt(i) != ' ') {
                    return i;
                }
            }
        }
        return 0;
    }

    /** The indicators behind {@code |} or {@code >}, for lines that are indented by two blanks. */
    String indicators() {
        boolean indented = lines.stream()
                .takeWhile(line -> line.isEmpty() || line.startsWith(" "))
                .anyMatch(line -> !line.isEmpty());
        return (indented ? "2" : "") + indicator;
    }

    /** The lines with the empty ones at the end. */
    List<String> allLines() {
        List<String> all = new ArrayList<>(lines);
        for (int i = 0; i < kept; i++) {
            all.add("");
        }
        return all;
    }
}
