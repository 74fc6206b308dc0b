package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wrong files of cases, and cases that fail, each with all that {@code test} says about it. A case is the folder {@code
 * casefindings/CODE/CASE}; its {@code expected.txt} is written by {@code -Dpipewright.update=true}.
 */
class CaseFindingsTest {

    static final Path CASES = Path.of("src/test/resources/casefindings");

    @ParameterizedTest
    @MethodSource("cases")
    void everyFindingIsToldAsExpected(Path folder) throws IOException {
        Answer answer = Answer.of("test", folder.resolve("calls.test.yaml").toString());

        String code = folder.getParent().getFileName().toString();
        assertThat(answer.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(answer.err()).isEmpty();
        if (!code.equals("several")) {
            assertThat(answer.out()).contains("error[" + code + "]");
        }
        assertThat(answer.out()).doesNotContainPattern(FindingsTest.JARGON);
        GoldenFiles.assertFile(folder.resolve("expected.txt"), answer.out());
    }

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> files = Files.walk(CASES, 3)) {
            return files
                    .filter(file -> file.endsWith("calls.test.yaml"))
                    .map(file -> file.getParent())
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}
