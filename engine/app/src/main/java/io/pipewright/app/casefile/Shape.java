package io.pipewright.app.casefile;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Span;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.yaml.BrokenNode;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarKind;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks whether the parts of a test's file are the maps, lists and texts that they should be, and tells what is not. */
final class Shape {

    private final DiagnosticCollector findings;

    Shape(DiagnosticCollector findings) {
        this.findings = findings;
    }

    Optional<MappingNode> map(Node node, String name) {
        if (node instanceof MappingNode map) {
            return Optional.of(map);
        }
        wrongKind(node, name, "a map", "write `" + name + ": {key: …}`.");
        return Optional.empty();
    }

    /** A map behind a dash; {@code what} is what it would be, such as {@code A step}. */
    Optional<MappingNode> item(Node node, String what, String hint) {
        if (node instanceof MappingNode map) {
            return Optional.of(map);
        }
        if (!(node instanceof BrokenNode)) {
            findings.error("wrong-kind", node.span(), what + " is a map, not " + node.describe() + ".", hint);
        }
        return Optional.empty();
    }

    List<Node> list(Node node, String name) {
        if (node instanceof SequenceNode list) {
            return list.items();
        }
        wrongKind(node, name, "a list", "write `" + name + ": […]`, or a line with a dash for each item.");
        return List.of();
    }

    Optional<ScalarNode> text(Node node, String name) {
        if (node instanceof ScalarNode text && text.kind() == ScalarKind.STRING) {
            return Optional.of(text);
        }
        wrongKind(node, name, "a text", "write one text; a number goes into quotes.");
        return Optional.empty();
    }

    void wrongKind(Node node, String name, String wanted, String hint) {
        if (!(node instanceof BrokenNode)) {
            findings.error(
                    "wrong-kind",
                    node.span(),
                    "`" + name + "` takes " + wanted + " here, not " + node.describe() + ".",
                    hint);
        }
    }

    /**
     * Tells keys that are not known and those that are missing.
     *
     * @param owner whose keys they are, such as {@code a case}
     * @param place where a missing key is told
     */
    void keys(MappingNode map, String owner, Span place, List<String> required, List<String> others) {
        List<String> known = Stream.concat(required.stream(), others.stream()).toList();
        for (MappingNode.Entry entry : map.entries()) {
            if (!known.contains(entry.key())) {
                findings.error(
                        "unknown-key",
                        entry.keySpan(),
                        "`" + entry.key() + "` is not a key of " + owner + ".",
                        Suggest.hint(entry.key(), "Keys", known));
            }
        }
        List<String> misspelt = map.keys().stream()
                .filter(key -> !known.contains(key))
                .flatMap(key -> Suggest.nearest(key, known).stream())
                .toList();
        for (String key : required) {
            if (!map.keys().contains(key) && !misspelt.contains(key)) {
                findings.error(
                        "missing-key",
                        place,
                        Character.toUpperCase(owner.charAt(0)) + owner.substring(1) + " needs `" + key + "`.",
                        "add `" + key + ": …`.");
            }
        }
    }
}
