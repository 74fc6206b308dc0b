package io.pipewright.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pipewright.schema.ValidDocument;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * A document as JSON text, references unresolved and literal secrets as dots, so that it holds no secret: what the
 * manifest keeps.
 */
record ResolvedText(ValidDocument document) {

    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            write(document.document().root(), json);
        } catch (IOException e) {
            throw new UncheckedIOException("A text cannot be written", e);
        }
        return text.toString();
    }

    private void write(Node node, JsonGenerator json) throws IOException {
        if (node instanceof MappingNode mapping) {
            json.writeStartObject();
            for (MappingNode.Entry entry : mapping.entries()) {
                json.writeFieldName(entry.key());
                write(entry.value(), json);
            }
            json.writeEndObject();
        } else if (node instanceof SequenceNode sequence) {
            json.writeStartArray();
            for (Node item : sequence.items()) {
                write(item, json);
            }
            json.writeEndArray();
        } else if (node instanceof ScalarNode scalar) {
            boolean secret = document.secrets().contains(scalar);
            json.writeString(secret ? SecretText.of(scalar).shown() : scalar.text());
        } else {
            json.writeNull();
        }
    }
}
