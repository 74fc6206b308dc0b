package io.pipewright.yaml;

import io.pipewright.diagnostic.DiagnosticCollector;
import java.util.BitSet;

/** Finds tabs that indent lines: the parser takes some, misreads others, and explains none. */
final class IndentTabs {
    private final FileText file;
    private final BitSet allowed = new BitSet();

    IndentTabs(FileText file) {
        this.file = file;
    }

    /** Lines, from 0, both inclusive, that begin inside a quoted or block scalar: their tabs are the author's text. */
    void allow(int firstLine, int lastLine) {
        if (firstLine <= lastLine) {
            allowed.set(firstLine, lastLine + 1);
        }
    }

    /** Adds a finding for each such line before {@code endLine}; says whether there was one. */
    boolean report(int endLine, DiagnosticCollector findings) {
        boolean found = false;
        for (int line = 0; line < Math.min(endLine, file.lineCount()); line++) {
            int tab = indentingTab(line);
            if (tab >= 0 && findings.size() < YamlReader.MAX_FINDINGS) {
                int end = tab;
                while (file.isBlank(end)) {
                    end++;
                }
                int more = line + 1 == endLine ? countFrom(endLine) : 0;
                findings.error(
                        "tab-indentation",
                        file.span(tab, end),
                        "A tab cannot indent a line in YAML.",
                        "write two spaces for each level" + (more == 0 ? "." : "; " + more + " more lines have tabs."));
            }
            found |= tab >= 0;
        }
        return found;
    }

    /** Lines that look indented by tabs in what was not understood, where text cannot be told from structure. */
    private int countFrom(int firstLine) {
        int count = 0;
        for (int line = firstLine; line < file.lineCount(); line++) {
            count += indentingTab(line) >= 0 ? 1 : 0;
        }
        return count;
    }

    /** The first tab before the content of a line, or -1; lines with blanks or a comment alone do not count. */
    private int indentingTab(int line) {
        if (allowed.get(line)) {
            return -1;
        }
        int tab = -1;
        int index = file.lineStart(line);
        while (file.isBlank(index)) {
            if (tab < 0 && file.at(index) == '\t') {
                tab = index;
            }
            index++;
        }
        boolean empty = file.at(index) == -1 || file.isBreak(index) || file.at(index) == '#';
        return empty ? -1 : tab;
    }
}
