package io.pipewright.expression;

import io.pipewright.expression.tree.Node;
import io.pipewright.spi.type.DataType;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lowered part of an expression and what is known of its value.
 *
 * @param path a name for the value such as {@code customer.tier}, null where it has none
 * @param ifTrue the paths that are there when this condition is true
 * @param ifFalse the paths that are there when it is false
 * @param variables the variables whose records, or lists of records, the value holds as they are
 */
record Lowered(
        Node node,
        boolean nullable,
        @Nullable String path,
        Set<String> ifTrue,
        Set<String> ifFalse,
        Set<String> variables) {

    static Lowered of(Node node) {
        return new Lowered(node, false, null, Set.of(), Set.of(), Set.of());
    }

    static Lowered nullable(Node node, boolean nullable) {
        return new Lowered(node, nullable, null, Set.of(), Set.of(), Set.of());
    }

    static Lowered condition(Node node, Set<String> ifTrue, Set<String> ifFalse) {
        return new Lowered(node, false, null, ifTrue, ifFalse, Set.of());
    }

    static Lowered read(Node node, boolean nullable, @Nullable String path, Set<String> variables) {
        return new Lowered(node, nullable, path, Set.of(), Set.of(), variables);
    }

    Lowered holding(Set<String> held) {
        return new Lowered(node, nullable, path, ifTrue, ifFalse, held);
    }

    DataType type() {
        return node.type();
    }

    /** This path and all that it leads through; a field that is there has a record that is there. */
    Set<String> presence() {
        Set<String> paths = new HashSet<>();
        String rest = path;
        while (rest != null) {
            paths.add(rest);
            int cut = Math.max(rest.lastIndexOf('.'), rest.lastIndexOf('['));
            rest = cut < 0 ? null : rest.substring(0, cut);
        }
        return paths;
    }

    static Set<String> both(Set<String> a, Set<String> b) {
        Set<String> all = new HashSet<>(a);
        all.addAll(b);
        return all;
    }

    static Set<String> common(Set<String> a, Set<String> b) {
        Set<String> all = new HashSet<>(a);
        all.retainAll(b);
        return all;
    }
}
