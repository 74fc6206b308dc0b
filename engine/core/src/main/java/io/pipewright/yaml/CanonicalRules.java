package io.pipewright.yaml;

import io.pipewright.diagnostic.Position;
import java.util.List;
import java.util.Map;

/**
 * What the canonical form of one document depends on beside its YAML: the order of keys, and which scalars are
 * expressions.
 *
 * @param firstKeys by the start of a map, the keys that stand first in it, in this order
 * @param expressions by the start of a scalar that is an expression, how the expression is written
 */
public record CanonicalRules(Map<Position, List<String>> firstKeys, Map<Position, String> expressions) {

    /** Of a document of which nothing is known: its layout changes and nothing else. */
    public static final CanonicalRules LAYOUT_ONLY = new CanonicalRules(Map.of(), Map.of());

    public CanonicalRules {
        firstKeys = Map.copyOf(firstKeys);
        expressions = Map.copyOf(expressions);
    }
}
