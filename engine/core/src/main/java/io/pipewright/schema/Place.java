package io.pipewright.schema;

import io.pipewright.diagnostic.Span;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;

/**
 * A value of a document with what findings say of its place.
 *
 * @param name the key it stands under; of an item, that of its list
 * @param key where to point for what is missing in it: its key, or the value itself for an item of a list
 */
record Place(String name, Span key, Node node) {

    static Place of(MappingNode.Entry entry) {
        return new Place(entry.key(), entry.keySpan(), entry.value());
    }

    /** The value under a key or an index that is there. */
    Place child(String token) {
        if (node instanceof MappingNode mapping) {
            return of(mapping.entry(token).orElseThrow());
        }
        Node item = ((SequenceNode) node).items().get(Integer.parseInt(token));
        return item(item);
    }

    Place item(Node item) {
        return new Place(name, item.span(), item);
    }

    /** Whether nothing stands there, not even {@code null}. */
    boolean isEmpty() {
        return isNull() && ((ScalarNode) node).text().isEmpty();
    }

    boolean isNull() {
        return node instanceof ScalarNode scalar && scalar.isNull();
    }
}
