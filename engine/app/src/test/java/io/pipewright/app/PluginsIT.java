package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.sandbox.CommandResult;
import io.pipewright.sandbox.FlinkApplication;
import io.pipewright.sandbox.FlinkClusterOptions;
import io.pipewright.sandbox.SandboxHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A third party's stage where only its jar and the folder with it are given: where there is no Flink, and in its application mode. */
@Order(4)
class PluginsIT {

    private static ExampleStage stage;

    @BeforeAll
    static void build() throws IOException {
        stage = ExampleStage.build();
    }

    /** The class path of commands that check has no Flink, so this also shows that the stage's first half needs none. */
    @Test
    void itIsCheckedWithoutFlink() throws Exception {
        try (Launched validate = Launched.start(
                Launched.classPath("lib"),
                "io.pipewright.app.Main",
                Map.of(),
                "validate",
                "--strict",
                stage.pipeline().toString(),
                "--plugins",
                stage.plugins().toString())) {
            validate.awaitEnd(Duration.ofSeconds(120));
            assertThat(validate.exitCode()).as(validate.output()).isZero();
        }
    }

    /** With the engine in {@code usrlib}, plugins lie beside it, and nobody names them. */
    @Test
    void inApplicationModeItLiesBesideTheEngine() throws Exception {
        Path folder = TestPlace.folder("application");
        Path rows = folder.resolve("rows");
        CommandResult result = FlinkApplication.run(
                SandboxHome.ofProject(TestPlace.root()),
                folder,
                FlinkClusterOptions.of(1, 1),
                List.of(TestPlace.engineJar(), stage.jar()),
                Submission.class.getName(),
                List.of(
                        "--pipeline",
                        stage.pipeline().toString(),
                        "--overlay",
                        stage.overlay(rows).toString()));
        assertThat(result.exitCode()).as(result.output()).isZero();
        ExampleStage.assertRows(rows);
    }

    @Test
    void newWritesTheExampleUnderAnotherName() throws Exception {
        Path folder = TestPlace.folder("new-stage");
        Launched written = Launched.run(Map.of(), "new", "--stage", "spikes", "--folder", folder.toString());
        assertThat(written.exitCode()).as(written.output()).isZero();
        assertThat(folder.resolve("spikes/src/main/java/com/example/spikes/SpikesType.java"))
                .content()
                .contains("class SpikesType implements StageType<SpikesOptions, SpikesPlan>");
    }
}
