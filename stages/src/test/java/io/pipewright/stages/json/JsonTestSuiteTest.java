package io.pipewright.stages.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** JSONTestSuite by Nicolas Seriot: 318 texts that a parser must accept, must refuse, or may treat as it likes. */
class JsonTestSuiteTest {

    private static final RecordType NOTHING = RecordType.of("Nothing");
    private static final RecordType ANYTHING = RecordType.of("Anything", Field.nullable("v", Scalar.JSON));

    private final JsonDecoder bare = new JsonDecoder(DeclaredRecord.of(NOTHING), NOTHING);
    private final JsonDecoder skipping = new JsonDecoder(DeclaredRecord.of(ANYTHING), NOTHING);

    @Test
    void acceptsAndRefusesAsTheSuiteAsks() throws IOException {
        List<Case> cases = cases();
        assertThat(cases).hasSizeGreaterThan(300);
        for (Case each : cases) {
            Decoded decoded = bare.decode(each.payload(), null);
            switch (each.kind()) {
                case "y" -> assertThat(decoded instanceof Decoded.Ok)
                        .as("%s: %s", each.name(), decoded)
                        .isEqualTo(each.object());
                case "n" -> assertRefused(each, decoded);
                default -> assertThat(decoded).isNotNull();
            }
        }
    }

    @Test
    void treatsThemTheSameAsValuesThatNobodyReads() throws IOException {
        for (Case each : cases()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes("{\"v\": ".getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(each.payload());
            bytes.write('}');
            for (JsonDecoder decoder : List.of(bare, skipping)) {
                Decoded decoded = decoder.decode(bytes.toByteArray(), null);
                switch (each.kind()) {
                    case "y" -> assertThat(decoded).as(each.name()).isInstanceOf(Decoded.Ok.class);
                    case "n" -> assertRefused(each, decoded);
                    default -> assertThat(decoded).isNotNull();
                }
            }
        }
    }

    private static void assertRefused(Case each, Decoded decoded) {
        assertThat(decoded).as(each.name()).isInstanceOf(Decoded.Malformed.class);
        Decoded.Malformed malformed = (Decoded.Malformed) decoded;
        assertThat(malformed.code()).as(each.name()).isIn("malformed-json", "invalid-utf8", "wrong-type");
        assertThat(malformed.reason())
                .as(each.name())
                .matches("[^\\p{Cntrl}]+\\.")
                .hasSizeLessThan(200);
    }

    private record Case(String name, String kind, boolean object, byte[] payload) {}

    private static List<Case> cases() throws IOException {
        Path file = Path.of(System.getProperty("pipewright.root", "."), "../shared/data/jsontestsuite.jsonl");
        assumeTrue(Files.exists(file), "skipped: JSONTestSuite is not at " + file);
        List<Case> cases = new ArrayList<>();
        ObjectMapper mapper = new ObjectMapper();
        for (String line : Files.readAllLines(file)) {
            JsonNode node = mapper.readTree(line);
            cases.add(new Case(
                    node.get("name").asText(),
                    node.get("class").asText(),
                    node.get("isObject").asBoolean(),
                    node.get("payload_b64").binaryValue()));
        }
        return cases;
    }
}
