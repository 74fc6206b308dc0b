package io.pipewright.yaml;

import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.diagnostic.Span;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in the author's terms what the parser could not read. */
final class SyntaxFinding {
    /**
     * @param problem part of the parser's message
     * @param atContext whether the cause is where the construct starts rather than where the parser gave up
     */
    private record Words(String problem, boolean atContext, String message, String hint) {}

    private static final String QUOTE = "put text that holds `: `, ` #`, `{`, `[`, `*`, `&`, `!`, `%`, `@` or a"
            + " back-tick in single quotes, as in `'a: b'`.";

    private static final List<Words> WORDS = List.of(
            new Words("(TAB)", false, "A tab cannot stand here.", "write spaces between words and before lines."),
            new Words(
                    "mapping values are not allowed here",
                    false,
                    "A second colon follows on this line.",
                    "put the" + " value in single quotes if the colon is part of it, else start a line for each key."),
            new Words(
                    "sequence entries are not allowed here",
                    false,
                    "A list item cannot start here.",
                    "write each" + " `- item` on a line of its own, below its key."),
            new Words("mapping keys are not allowed here", false, "A `?` cannot start a key here.", QUOTE),
            new Words(
                    "could not find expected ':'",
                    true,
                    "This line has no colon after its key.",
                    "write `key: value`," + " with the same indentation as the other keys."),
            new Words(
                    "unexpected end of stream",
                    true,
                    "The quotes that open here are never closed.",
                    "add the closing" + " quote; a quote inside single quotes is written twice."),
            new Words(
                    "unexpected document separator",
                    true,
                    "The quotes that open here are never closed.",
                    "add the" + " closing quote before the `---`."),
            new Words(
                    "unknown escape character",
                    false,
                    "This is no escape that YAML knows.",
                    "write `\\\\` for a" + " backslash, or use single quotes, where a backslash is a backslash."),
            new Words(
                    "escape sequence of",
                    false,
                    "This escape needs more hexadecimal digits.",
                    "write `\\x41`," + " `\\u0041`, or use single quotes, where a backslash is a backslash."),
            new Words(
                    "',' or '}'",
                    false,
                    "A comma or the closing `}` is missing before this.",
                    "add it; text that holds `:`," + " `{` or `}` stands in quotes."),
            new Words(
                    "',' or ']'",
                    false,
                    "A comma or the closing `]` is missing before this.",
                    "add it; text that holds `:`," + " `[` or `]` stands in quotes."),
            new Words("expected the node content", false, "There is a value missing before this.", QUOTE),
            new Words("cannot start any token", false, "A text cannot start with this character.", QUOTE),
            new Words(
                    "leading empty lines contain more spaces",
                    false,
                    "An empty line is indented more than the text" + " after it.",
                    "remove the spaces of the empty line."),
            new Words(
                    "chomping or indentation indicators",
                    false,
                    "After `|` or `>` the text starts on the next line.",
                    "move the text to the next line, indented; or put it in quotes."),
            new Words(
                    "comment or a line break",
                    false,
                    "After `|` or `>` the text starts on the next line.",
                    "move the text to the next line, indented; or put it in quotes."),
            new Words("directive", false, "A line that starts with `%` is no part of a pipeline.", QUOTE),
            new Words(
                    "expected '<document start>'",
                    false,
                    "Nothing can follow here.",
                    "indent this like the lines" + " above, or remove it."),
            new Words("tag", true, "Tags such as `!name` are not part of a pipeline.", QUOTE),
            new Words("alphabetic or numeric character", false, "This is no name of an anchor or alias.", QUOTE));

    private static final Words NO_COLON = new Words(
            "",
            false,
            "This line has no colon after its key.",
            "write `key: value`, with the same indentation as the other keys.");

    private SyntaxFinding() {}

    static Diagnostic of(MarkedYamlEngineException problem, FileText file) {
        String told = problem.getProblem() + " " + problem.getContext();
        Optional<Words> words =
                WORDS.stream().filter(w -> told.contains(w.problem())).findFirst();
        int index = words.filter(Words::atContext)
                .flatMap(w -> problem.getContextMark())
                .or(problem::getProblemMark)
                .or(problem::getContextMark)
                .map(Mark::getIndex)
                .orElse(0);
        if (told.contains("',' or '}'") || told.contains("',' or ']'")) {
            Optional<Diagnostic> cause = unclosed(problem, index, file);
            if (cause.isPresent()) {
                return cause.get();
            }
        }
        if (told.contains("mapping values are not allowed here")) {
            OptionalInt before = lineWithoutColon(index, file);
            words = before.isPresent() ? Optional.of(NO_COLON) : words;
            index = before.orElse(index);
        }
        if (told.contains("expected <block end>")) {
            words = Optional.of(unfitting(index, file));
        }
        int end = index < file.length() && !file.isBreak(index) ? index + 1 : index;
        return Diagnostic.error(
                "yaml-syntax",
                file.span(Math.min(index, file.length()), Math.min(end, file.length())),
                words.map(Words::message).orElse("This is not valid YAML."),
                words.map(Words::hint).orElse(QUOTE));
    }

    /**
     * Why a bracket's content does not go on where the parser gave up: a reference there has no quotes, or the bracket
     * was never closed, as the line does not belong to it.
     */
    private static Optional<Diagnostic> unclosed(MarkedYamlEngineException problem, int index, FileText file) {
        if (index > 0 && index < file.length() && file.at(index) == '{' && file.at(index - 1) == '$') {
            int end = index;
            while (end < file.length() && !file.isBreak(end) && file.at(end) != '}') {
                end++;
            }
            Span span = file.span(index - 1, Math.min(end + 1, file.length()));
            return Optional.of(Diagnostic.error(
                    "yaml-syntax",
                    span,
                    "A reference between brackets or braces stands in quotes.",
                    "write `\"" + span.text() + "\"`."));
        }
        int opens = problem.getContextMark().map(Mark::getIndex).orElse(index);
        int line = file.lineOf(Math.min(index, file.length()));
        int first = file.lineOf(opens);
        if (first == line || indentation(file, line) > indentation(file, first)) {
            return Optional.empty();
        }
        char open = (char) file.at(opens);
        return Optional.of(Diagnostic.error(
                "yaml-syntax",
                file.span(opens, opens + 1),
                "The `" + open + "` that opens here is never closed.",
                "add a `" + (open == '{' ? '}' : ']') + "` where it ends."));
    }

    private static int indentation(FileText file, int line) {
        return textStart(file, file.lineStart(line)) - file.lineStart(line);
    }

    /** Of a problem for which the parser names no place: it is behind what was read, and mostly right there. */
    static Diagnostic after(int end, FileText file) {
        int start = file.afterBlanksAndComments(Math.min(end, file.length()), file.length());
        return Diagnostic.error(
                "yaml-syntax",
                file.span(start, Math.min(start + 1, file.length())),
                "This is not valid YAML, here or soon after.",
                QUOTE);
    }

    /** Where the line above begins, if it is a bare word at the indentation of a key, which YAML joins with this line. */
    private static OptionalInt lineWithoutColon(int index, FileText file) {
        int line = file.lineOf(Math.min(index, file.length()));
        if (line == 0) {
            return OptionalInt.empty();
        }
        int here = textStart(file, file.lineStart(line));
        int above = textStart(file, file.lineStart(line - 1));
        boolean sameIndentation = here - file.lineStart(line) == above - file.lineStart(line - 1);
        for (int i = above; i < file.length() && !file.isBreak(i); i++) {
            if (file.at(i) == ':' || file.at(i) == '#') {
                return OptionalInt.empty();
            }
        }
        return sameIndentation ? OptionalInt.of(above) : OptionalInt.empty();
    }

    private static int textStart(FileText file, int start) {
        int at = start;
        while (at < file.length() && file.isBlank(at)) {
            at++;
        }
        return at;
    }

    private static Words unfitting(int index, FileText file) {
        int start = file.lineStart(file.lineOf(Math.min(index, file.length())));
        while (start < index && file.isBlank(start)) {
            start++;
        }
        if (start < index) {
            String hint = "write the whole value in one pair of quotes, or remove what follows it.";
            return new Words("", false, "A value has ended before this.", hint);
        }
        if (file.at(index) == ':') {
            return new Words("", false, "There is no key before this colon.", "write `name: value`.");
        }
        String hint = "indent it like the other keys or items of its block, and close all quotes before.";
        return new Words("", false, "This line does not fit the lines above it.", hint);
    }

    /** The line, from 0, up to which the text was understood. */
    static int lastReadLine(MarkedYamlEngineException problem, FileText file) {
        boolean unclosed = String.valueOf(problem.getProblem()).contains("unexpected end of stream");
        Optional<Mark> mark = unclosed ? problem.getContextMark() : problem.getProblemMark();
        return file.lineOf(Math.min(file.length(), mark.map(Mark::getIndex).orElse(0)));
    }
}
