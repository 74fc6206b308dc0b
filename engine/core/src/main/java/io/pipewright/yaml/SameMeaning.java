package io.pipewright.yaml;

import java.util.List;
import java.util.Objects;

/** Compares a document with its canonical form: the same keys and values, whatever the order of keys. */
final class SameMeaning {
    private final CanonicalRules rules;

    SameMeaning(CanonicalRules rules) {
        this.rules = rules;
    }

    boolean holds(Node before, Node after) {
        if (before instanceof MappingNode map && after instanceof MappingNode other) {
            return List.copyOf(map.keys()).stream()
                            .sorted()
                            .toList()
                            .equals(other.keys().stream().sorted().toList())
                    && map.entries().stream()
                            .allMatch(entry ->
                                    holds(entry.value(), other.get(entry.key()).orElseThrow()));
        }
        if (before instanceof SequenceNode list && after instanceof SequenceNode other) {
            return list.items().size() == other.items().size() && items(list, other);
        }
        return before instanceof ScalarNode scalar && after instanceof ScalarNode other && scalars(scalar, other);
    }

    private boolean items(SequenceNode list, SequenceNode other) {
        for (int i = 0; i < list.items().size(); i++) {
            if (!holds(list.items().get(i), other.items().get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean scalars(ScalarNode before, ScalarNode after) {
        boolean kept = before.kind() == after.kind()
                && before.text().equals(after.text())
                && Objects.equals(before.value(), after.value());
        String expression = rules.expressions().get(before.span().start());
        return kept || (expression != null && expression.equals(after.text()) && after.kind() == ScalarKind.STRING);
    }
}
