package io.pipewright.yaml;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.diagnostic.Position;
import io.pipewright.diagnostic.Source;
import io.pipewright.diagnostic.Span;
import io.pipewright.diagnostic.Suggest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts a value in the place of another one, which a path names: keys joined by dots, and for the items of a list their
 * {@code id}, as in {@code stages.repeatedFailures.steps.failure.times}.
 *
 * <p>Nothing is added: a path that leads nowhere is a finding with the nearest name. A key that holds dots itself is
 * found too, {@code properties.max.poll.records}. The document given stays as it is.
 */
public final class DocumentEdit {
    private DocumentEdit() {}

    /**
     * Carries out an assignment of the command line, {@code path=value}; the value is a scalar as if written plain. A
     * path without a dot is the name of a variable.
     *
     * @param sourceName what to show as the file of the new value, such as {@code --set}
     */
    public static Checked<Document> set(Document document, String sourceName, String assignment) {
        Source source = Source.of(sourceName, assignment);
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            Span all = new Span(source, new Position(1, 1), source.positionOf(assignment.length()));
            return Checked.failed(Diagnostic.error(
                    "malformed-assignment",
                    all,
                    "`" + assignment + "` assigns nothing.",
                    "write `path=value`, such as `stages.volumes.parallelism=4`."));
        }
        Span path = span(source, 0, equals);
        String text = assignment.substring(equals + 1);
        ScalarNode value = ScalarNode.plain(text, span(source, equals + 1, assignment.length()));
        String name = assignment.substring(0, equals);
        return name.contains(".") ? put(document, name, path, value) : putVariable(document, name, path, value);
    }

    private static Checked<Document> putVariable(Document document, String name, Span span, ScalarNode value) {
        Optional<Node> vars = document.root().get("vars");
        if (vars.orElse(null) instanceof MappingNode mapping
                && mapping.get(name).isPresent()) {
            return put(document, "vars." + name + ".default", span, value);
        }
        Collection<String> names = vars.orElse(null) instanceof MappingNode mapping ? mapping.keys() : List.of();
        return Checked.failed(Diagnostic.error(
                "unknown-variable",
                span,
                "There is no variable `" + name + "`.",
                names.isEmpty() ? "declare it in `vars`." : Suggest.hint(name, "Variables", names)));
    }

    /**
     * Replaces the value at a path.
     *
     * @param pathSpan where the path stands; findings point into it
     */
    public static Checked<Document> put(Document document, String path, Span pathSpan, Node value) {
        Edit edit = new Edit(List.of(path.split("\\.", -1)), pathSpan, value);
        try {
            Node root = edit.replace(document.root(), 0);
            if (root instanceof MappingNode mapping) {
                return Checked.of(new Document(document.source(), mapping));
            }
            throw new IllegalStateException("An edit replaced the root");
        } catch (NoSuchPath e) {
            return Checked.failed(e.finding);
        }
    }

    private static Span span(Source source, int from, int to) {
        return new Span(source, source.positionOf(from), source.positionOf(to));
    }

    /** Carries the finding out of the recursion. */
    private static final class NoSuchPath extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Diagnostic finding;

        NoSuchPath(Diagnostic finding) {
            super(finding.message(), null, false, false);
            this.finding = finding;
        }
    }

    private record Edit(List<String> path, Span pathSpan, Node value) {

        Node replace(Node node, int depth) throws NoSuchPath {
            if (depth == path.size()) {
                return value;
            } else if (node instanceof MappingNode mapping) {
                return replaceIn(mapping, depth);
            } else if (node instanceof SequenceNode sequence) {
                return replaceIn(sequence, depth);
            }
            String parent = depth == 0 ? "The pipeline" : "`" + path.get(depth - 1) + "`";
            throw missing(
                    depth, parent + " is " + node.describe() + ", nothing can be set in it.", "shorten the path.");
        }

        private Node replaceIn(MappingNode mapping, int depth) throws NoSuchPath {
            for (int end = depth + 1; end <= path.size(); end++) {
                String key = String.join(".", path.subList(depth, end));
                MappingNode.Entry entry = mapping.entry(key).orElse(null);
                if (entry != null) {
                    return mapping.with(entry.withValue(replace(entry.value(), end)));
                }
            }
            throw missing(depth, parent(depth) + " has no `" + path.get(depth) + "`.", names(depth, mapping.keys()));
        }

        private Node replaceIn(SequenceNode sequence, int depth) throws NoSuchPath {
            List<String> ids = new ArrayList<>();
            List<Node> items = new ArrayList<>(sequence.items());
            for (int i = 0; i < items.size(); i++) {
                String id = id(items.get(i));
                if (path.get(depth).equals(id)) {
                    items.set(i, replace(items.get(i), depth + 1));
                    return new SequenceNode(items, sequence.span());
                }
                if (!id.isEmpty()) {
                    ids.add(id);
                }
            }
            String message = parent(depth) + " has no item with the id `" + path.get(depth) + "`.";
            throw missing(depth, message, ids.isEmpty() ? "set the whole list in an overlay." : names(depth, ids));
        }

        private String parent(int depth) {
            return depth == 0 ? "The pipeline" : "`" + path.get(depth - 1) + "`";
        }

        private String names(int depth, Collection<String> valid) {
            String hint = Suggest.hint(path.get(depth), "There are", valid);
            return (hint.isEmpty() ? "" : hint + " ") + "An overlay can add what is not there.";
        }

        private NoSuchPath missing(int depth, String message, String hint) {
            int before = path.subList(0, depth).stream()
                    .mapToInt(part -> part.codePointCount(0, part.length()) + 1)
                    .sum();
            String part = path.get(depth);
            Position start = new Position(pathSpan.line(), pathSpan.column() + before);
            Position end = new Position(start.line(), start.column() + part.codePointCount(0, part.length()));
            return new NoSuchPath(
                    Diagnostic.error("unknown-path", new Span(pathSpan.source(), start, end), message, hint));
        }
    }

    /** The id of a list item, empty if it has none. */
    static String id(Node item) {
        return item instanceof MappingNode mapping
                ? Objects.requireNonNull(mapping.text("id").orElse(""))
                : "";
    }
}
