package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** {@code validate} and other commands on the class path on which the launcher starts them. */
@Order(3)
class ValidateIT {

    private static final Path LIB = TestPlace.target().resolve("lib");

    @Test
    void theFirstPipelineHasNoFindingsAndNeedsNoFlink() throws Exception {
        assertThat(jars(LIB))
                .anyMatch(jar -> jar.startsWith("pipewright-stages"))
                .noneMatch(jar -> jar.matches("(flink|kafka|java-driver|okhttp|log4j|slf4j|org.eclipse)[-.].*"));
        assertThat(jars(LIB.resolve("run"))).anyMatch(jar -> jar.startsWith("flink-streaming-java"));
        try (Launched validate = Launched.start(
                Launched.classPath("lib"),
                "io.pipewright.app.Main",
                Map.of(),
                "validate",
                "--strict",
                TestPlace.pipeline().toString())) {
            validate.awaitEnd(Duration.ofSeconds(120));
            assertThat(validate.exitCode()).as(validate.output()).isZero();
            assertThat(validate.output()).contains("0 errors, 0 warnings");
        }
    }

    @Test
    void theFirstPipelineIsInTheCanonicalFormAndThatNeedsNoFlink() throws Exception {
        String file = TestPlace.pipeline().toString();
        try (Launched check = Launched.start(
                Launched.classPath("lib", "lib/show"), "io.pipewright.app.Main", Map.of(), "fmt", "--check", file)) {
            check.awaitEnd(Duration.ofSeconds(120));
            assertThat(check.exitCode()).as(check.output()).isZero();
            assertThat(check.output()).contains("0 of 1 file would change.");
        }
    }

    @Test
    void theCommandsOfTheArchiveNeedNoFlink() throws Exception {
        try (Launched rehearsal = Launched.start(
                Launched.classPath("lib", "lib/show"), "io.pipewright.app.Rehearsal", Map.of(), "checks")) {
            rehearsal.awaitEnd(Duration.ofSeconds(120));
            assertThat(rehearsal.exitCode()).as(rehearsal.output()).isZero();
            assertThat(rehearsal.output()).isEmpty();
        }
    }

    private static Stream<String> jars(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
