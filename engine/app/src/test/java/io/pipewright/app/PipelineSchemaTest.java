package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import io.pipewright.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The committed schemas, as an editor or a validator that knows nothing but JSON Schema uses them. */
class PipelineSchemaTest {

    private static final Map<String, String> FILES =
            BuiltInPlugins.load().schemas().files();

    @Test
    void theCommittedSchemasAreThoseOfThePlugins() {
        GoldenFiles.assertFolder(TestPlace.root().resolve("schema"), FILES);
    }

    @Test
    void everySchemaIsDraft7() {
        assertThat(FILES).allSatisfy((name, text) -> assertThat(schema(text)).isNotNull());
    }

    @Test
    void theFirstPipelineIsValid() throws IOException {
        assertThat(problems(Files.readString(TestPlace.pipeline()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "size: \"${var:volumeWindow}\"| slde: 1m | #/stages/volumes/window",
                "type: window                | type: windw | #/stages/volumes/type",
                "keyBy: [channel]            | keyBy: channel | #/stages/volumes/keyBy",
                "afterMatch: {skip: pastLast}| afterMatch: {skip: pastlast} | #/stages/repeatedFailures/afterMatch/skip",
                "ttl: 90d                    | ttl: 90 days | #/stages/enriched/ttl",
                "maxInFlight: 128            | maxInFlight: many | #/sinks/alertsTable/maxInFlight",
                "times: 3                    | times: thrice | #/stages/repeatedFailures/steps/0/times",
                "rateLimit: ${var:maxRate}   | rateLimit: 500 per second | #/sources/events/rateLimit",
                "errors: {default: deadLetter}| errors: {default: ignore} | #/errors/default",
                "apiVersion: pipeline/v1     | apiVersion: pipeline/v2 | #/apiVersion",
            })
    void aMistakeIsFoundAtItsPlace(String right, String wrong, String place) throws IOException {
        String pipeline = Files.readString(TestPlace.pipeline());
        assertThat(pipeline).contains(right.strip());
        String broken = pipeline.replace(right.strip(), wrong.strip());
        assertThat(problems(broken))
                .anySatisfy(problem -> assertThat(problem).startsWith(place.strip() + ": "))
                .allSatisfy(
                        problem -> assertThat(place.strip()).startsWith(problem.substring(0, problem.indexOf(':'))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maxInFlight: 128        | maxInFlight: \"${var:many}\"",
                "keyBy: [channel]        | keyBy: ${var:keys}",
                "parallelism: 2          | parallelism: ${env:SUBTASKS:-2}",
                "order: eventTime        | order: ${var:order}",
                "within: ${var:failureWithin}| within: 1h30m",
                "times: 3                | times: 2..4",
                "volume: count()         | volume: 1",
            })
    void everyScalarTakesAReferenceAndItsOwnSpelling(String written, String other) throws IOException {
        String pipeline = Files.readString(TestPlace.pipeline());
        assertThat(pipeline).contains(written.strip());
        assertThat(problems(pipeline.replace(written.strip(), other.strip()))).isEmpty();
    }

    private static List<String> problems(String yaml) {
        Node root = YamlReader.read("pipeline.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .root();
        try {
            schema(String.valueOf(FILES.get("pipeline.schema.json"))).validate(json(root));
            return List.of();
        } catch (ValidationException e) {
            return e.getAllMessages();
        }
    }

    private static Schema schema(String text) {
        return SchemaLoader.builder()
                .draftV7Support()
                .schemaJson(new JSONObject(text))
                .build()
                .load()
                .build();
    }

    private static Object json(Node node) {
        if (node instanceof MappingNode mapping) {
            JSONObject object = new JSONObject();
            mapping.entries().forEach(entry -> object.put(entry.key(), json(entry.value())));
            return object;
        } else if (node instanceof SequenceNode sequence) {
            return new JSONArray(
                    sequence.items().stream().map(PipelineSchemaTest::json).toList());
        }
        Object value = ((ScalarNode) node).value();
        return value == null ? JSONObject.NULL : value;
    }
}
