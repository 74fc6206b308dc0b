package io.pipewright.app.casefile;

import io.pipewright.diagnostic.Source;
import io.pipewright.diagnostic.Span;
import io.pipewright.testkit.RowMatching;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.SequenceNode;
import io.pipewright.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes what came out into the text of a file, in the place of what was expected: rows as they are wherever they were
 * met, others with the fields that were named. What stands around stays; comments inside a list do where no row is added
 * or removed.
 */
public final class CaseFixer {

    private final Source source;
    private final List<Edit> edits = new ArrayList<>();

    private record Edit(int start, int end, String text) {}

    private CaseFixer(Source source) {
        this.source = source;
    }

    /** The new text; empty if there is nothing to write. A job that failed has nothing that could be written. */
    public static Optional<String> fixed(Results results) {
        CaseFixer fixer = new CaseFixer(results.file().document().source());
        Map<Span, MappingNode> cases = cases(results.file());
        for (Outcome outcome : results.outcomes()) {
            MappingNode written = cases.get(outcome.test().place());
            if (written != null && outcome.failure().isEmpty() && !outcome.passed()) {
                fixer.fix(outcome, written);
            }
        }
        return fixer.edits.isEmpty() ? Optional.empty() : Optional.of(fixer.text());
    }

    private static Map<Span, MappingNode> cases(CaseFile file) {
        Map<Span, MappingNode> cases = new LinkedHashMap<>();
        if (file.document().root().get(CaseFile.CASES).orElse(null) instanceof SequenceNode list) {
            for (Node item : list.items()) {
                if (item instanceof MappingNode map) {
                    map.get("name").ifPresent(name -> cases.put(name.span(), map));
                }
            }
        }
        return cases;
    }

    private String text() {
        edits.sort(Comparator.comparingInt(Edit::start).reversed());
        StringBuilder text = new StringBuilder(source.text());
        edits.forEach(edit -> text.replace(edit.start, edit.end, edit.text));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (YamlReader.read(source.name(), bytes).hasErrors()) {
            throw new IllegalStateException("What came out of the cases of `" + source.name() + "` makes no YAML.");
        }
        return text.toString();
    }

    private void fix(Outcome outcome, MappingNode written) {
        Map<String, String> moved = new LinkedHashMap<>();
        for (Outcome.Seen seen : outcome.seen()) {
            if (!seen.isAsExpected()) {
                seen.expectation()
                        .written()
                        .ifPresentOrElse(
                                list -> replaceRows(seen, list),
                                () -> moved.put(seen.expectation().end(), rows(seen, false, 0)));
            }
        }
        MappingNode.Entry none = written.entry("expectNone").orElse(null);
        if (none != null && !moved.isEmpty()) {
            move(moved, none, written);
        }
    }

    /**
     * Replaces rows one by one where as many came as were expected, so that comments among them stay; else all. What is
     * expected by a file of its own is left to who made the file.
     */
    private void replaceRows(Outcome.Seen seen, Node list) {
        if (!(list instanceof SequenceNode)) {
            return;
        }
        RowMatching matching = seen.matching();
        List<Expectation.Row> expected = seen.expectation().rows();
        boolean allSimilar = matching.met().size() + matching.similar().size() == expected.size()
                && expected.size() == seen.rows().size();
        if (!allSimilar) {
            replace(list.span(), rows(seen, isBlock(list), column(list)));
            return;
        }
        matching.similar()
                .forEach((row, came) -> replace(
                        expected.get(row).place(),
                        similarRow(expected.get(row), seen.rows().get(came))));
    }

    private static String similarRow(Expectation.Row expected, Map<String, @Nullable Object> row) {
        return RowText.row(row, List.copyOf(expected.values().keySet()));
    }

    /** The rows that came; {@code column} is that of the dashes, from 0. */
    private static String rows(Outcome.Seen seen, boolean block, int column) {
        RowMatching matching = seen.matching();
        List<String> rows = new ArrayList<>();
        List<Expectation.Row> expected = seen.expectation().rows();
        for (int i = 0; i < expected.size(); i++) {
            Integer similar = matching.similar().get(i);
            if (matching.met().containsKey(i)) {
                rows.add(expected.get(i).place().text());
            } else if (similar != null) {
                rows.add(similarRow(expected.get(i), seen.rows().get(similar)));
            }
        }
        List<String> fields = seen.expectation().fields().toList();
        for (int i = 0; i < seen.rows().size(); i++) {
            if (!matching.met().containsValue(i) && !matching.similar().containsValue(i)) {
                rows.add(RowText.row(seen.rows().get(i), fields));
            }
        }
        return block && !rows.isEmpty()
                ? rows.stream().map(row -> "- " + row).collect(Collectors.joining("\n" + " ".repeat(column)))
                : "[" + String.join(", ", rows) + "]";
    }

    /** Moves sinks and ports from {@code expectNone} to {@code expect}, with their rows. */
    private void move(Map<String, String> moved, MappingNode.Entry none, MappingNode written) {
        List<String> left = new ArrayList<>();
        if (none.value() instanceof SequenceNode list) {
            list.items().stream()
                    .map(item -> item.span().text())
                    .filter(name -> !moved.containsKey(unquoted(name)))
                    .forEach(left::add);
        }
        replace(none.value().span(), "[" + String.join(", ", left) + "]");
        @Nullable Node expect = written.get("expect").orElse(null);
        if (expect instanceof MappingNode map && !map.keys().isEmpty()) {
            boolean block = source.text().charAt(start(map.span())) != '{';
            String separator = block ? "\n" + " ".repeat(column(map)) : ", ";
            int end = source.indexOf(lastOf(map).span().end());
            edits.add(new Edit(end, end, separator + entries(moved, separator)));
        } else {
            boolean block = source.text().charAt(start(written.span())) != '{';
            int column = none.keySpan().column() - 1;
            String separator = block ? "\n" + " ".repeat(column + 2) : ", ";
            String text = block
                    ? "expect:" + separator + entries(moved, separator) + "\n" + " ".repeat(column)
                    : "expect: {" + entries(moved, separator) + "}, ";
            edits.add(new Edit(start(none.keySpan()), start(none.keySpan()), text));
        }
    }

    private static String unquoted(String name) {
        return name.replaceAll("^[\"']|[\"']$", "");
    }

    private static String entries(Map<String, String> moved, String separator) {
        return moved.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(separator));
    }

    private static Node lastOf(MappingNode map) {
        return map.entries().get(map.entries().size() - 1).value();
    }

    private boolean isBlock(Node list) {
        return source.text().charAt(start(list.span())) == '-';
    }

    private static int column(Node node) {
        return node.span().column() - 1;
    }

    private int start(Span span) {
        return source.indexOf(span.start());
    }

    /** Of what an alias repeats, the first text is written; another run finds where it does not fit. */
    private void replace(Span span, String text) {
        int start = start(span);
        int end = source.indexOf(span.end());
        if (edits.stream().noneMatch(edit -> edit.start < end && start < edit.end)) {
            edits.add(new Edit(start, end, text));
        }
    }
}
