package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code validate} and {@code fmt} of the first pipeline. */
class ValidateIT {

    @Test
    void theFirstPipelineHasNoFindingsAndNeedsNoFlink() throws Exception {
        String classPath = Launched.classPath(jar -> !jar.startsWith("flink-"));
        assertThat(classPath).contains("pipewright-stages").doesNotContain("flink-streaming-java");
        try (Launched validate = Launched.start(
                classPath,
                Map.of(),
                "validate",
                "--strict",
                TestPlace.pipeline().toString())) {
            validate.awaitEnd(Duration.ofSeconds(60));
            assertThat(validate.exitCode()).as(validate.output()).isZero();
            assertThat(validate.output()).contains("0 errors, 0 warnings");
        }
    }

    @Test
    void theFirstPipelineIsInTheCanonicalFormAndThatNeedsNoFlink() throws Exception {
        String classPath = Launched.classPath(jar -> !jar.startsWith("flink-"));
        String file = TestPlace.pipeline().toString();
        try (Launched check = Launched.start(classPath, Map.of(), "fmt", "--check", file)) {
            check.awaitEnd(Duration.ofSeconds(60));
            assertThat(check.exitCode()).as(check.output()).isZero();
            assertThat(check.output()).contains("0 of 1 file would change.");
        }
    }
}
