package io.pipewright.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipewright.schema.ValidDocument;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;

/**
 * A document as JSON text, references unresolved and literal secrets as dots, so that it holds no secret: what the
 * manifest keeps.
 */
record ResolvedText(ValidDocument document) {

    String json() {
        return json(document.document().root()).toString();
    }

    private JsonNode json(Node node) {
        if (node instanceof MappingNode mapping) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            mapping.entries().forEach(entry -> object.set(entry.key(), json(entry.value())));
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            sequence.items().forEach(item -> array.add(json(item)));
            return array;
        }
        if (!(node instanceof ScalarNode scalar)) {
            return NullNode.getInstance();
        }
        boolean secret = document.secrets().contains(scalar);
        return JsonNodeFactory.instance.textNode(secret ? SecretText.of(scalar).shown() : scalar.text());
    }
}
