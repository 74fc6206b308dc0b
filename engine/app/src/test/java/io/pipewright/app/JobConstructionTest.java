package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.flink.JobFailure;
import io.pipewright.flink.JobRunner;
import io.pipewright.flink.LocalJob;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.schema.PluginCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stage's programmer may not do, because it would cost a pipeline its state later. */
class JobConstructionTest {

    @TempDir
    Path folder;

    @BeforeEach
    void writeEvents() throws Exception {
        Files.writeString(folder.resolve("in.jsonl"), "{\"name\":\"a\"}\n");
    }

    @Test
    void aStageWithoutMistakesRuns() throws Exception {
        try (LocalJob job = start("none")) {
            job.await();
        }
        assertThat(folder.resolve("out")).content().contains("\"name\":\"a\"");
    }

    @Test
    void aJobThatFailsAndIsStartedAgainSaysWhy() throws Exception {
        Files.writeString(folder.resolve("in.jsonl"), "{\"name\":\n");
        try (LocalJob job = start("none", "restart: {strategy: fixed, attempts: 1000000, delay: 100ms}")) {
            assertThatThrownBy(() -> job.await(reason -> {
                        throw new IllegalStateException(reason);
                    }))
                    .hasMessageContaining("`events`");
        }
    }

    @Test
    void aTypeThatOnlyKryoCouldSerializeFails() {
        assertThatThrownBy(() -> start("genericType").close())
                .hasStackTraceContaining("Opaque")
                .hasStackTraceContaining("Generic types have been disabled");
    }

    @Test
    void anOperatorWithoutAUidFails() {
        assertThatThrownBy(() -> start("noUid").close())
                .hasStackTraceContaining("Auto generated UIDs have been disabled");
    }

    private LocalJob start(String mistake) throws JobFailure {
        return start(mistake, "parallelism: 1");
    }

    private LocalJob start(String mistake, String runtime) throws JobFailure {
        String yaml =
                """
                apiVersion: pipeline/v1
                name: construction
                records:
                  Event: {fields: {name: string}}
                sources:
                  events: {type: file, path: "%1$s/in.jsonl", format: {type: json, record: Event}}
                stages:
                  wrong: {type: faulty, from: events, mistake: %2$s}
                sinks:
                  out: {type: file, from: wrong, path: "%1$s/out", format: {type: json}, single: true}
                runtime: {%3$s}
                """
                        .formatted(folder, mistake, runtime);
        Checked<LogicalGraph> compiled = new PipelineCompiler(plugins())
                .compile(
                        "construction.yaml",
                        yaml.getBytes(StandardCharsets.UTF_8),
                        List.of(),
                        new Surroundings(folder, Map.of(), true));
        assertThat(compiled.diagnostics().hasErrors())
                .as(compiled.diagnostics().toString())
                .isFalse();
        return JobRunner.runHere(compiled.orElseThrow(), List.of(), folder.resolve("home"), 0);
    }

    /** The built-in stages and the faulty one, which no other test sees. */
    private PluginCatalog plugins() {
        try (URLClassLoader loader = FaultyStage.loader(folder)) {
            return PluginCatalog.load(loader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
