package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.diagnostic.SarifFormatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code --format sarif} prints is valid by the schema of SARIF 2.1.0. {@code npm ci} in {@code src/test/editor}
 * installs the schema, in the edition rtm.5, whose rules are those of OASIS's standard.
 */
class SarifSchemaTest {

    private static final Path EDITOR = TestPlace.root().resolve("engine/app/src/test/editor");
    private static final Path SCHEMA =
            EDITOR.resolve("node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");

    @BeforeEach
    void skipWithoutTheSchema() {
        assumeTrue(Files.exists(SCHEMA), "Skipped: the schema is not there. Run `npm ci` in " + EDITOR + ".");
    }

    @Test
    void theFindingsOfEveryCaseAreValid() throws IOException {
        Schema schema = schema();
        List<Path> cases = FindingsTest.cases().toList();
        assertThat(cases).hasSizeGreaterThan(100);
        for (Path folder : cases) {
            Diagnostics found = FuzzedPipeline.compile(Files.readAllBytes(folder.resolve("pipeline.yaml")));
            schema.validate(log(found));
        }
        schema.validate(log(Diagnostics.none()));
    }

    @Test
    void theSchemaRefusesWhatIsNoSarif() throws IOException {
        Schema schema = schema();
        Path folder = FindingsTest.cases().findFirst().orElseThrow();
        JSONObject log = log(FuzzedPipeline.compile(Files.readAllBytes(folder.resolve("pipeline.yaml"))));
        ((JSONObject) log.query("/runs/0/results/0")).put("level", "fatal");

        assertThatThrownBy(() -> schema.validate(log))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("/runs/0/results/0/level");
    }

    private static Schema schema() throws IOException {
        return SchemaLoader.builder()
                .schemaJson(new JSONObject(Files.readString(SCHEMA)))
                .build()
                .load()
                .build();
    }

    private static JSONObject log(Diagnostics found) {
        return new JSONObject(new SarifFormatter(Main.VERSION).format(found));
    }
}
