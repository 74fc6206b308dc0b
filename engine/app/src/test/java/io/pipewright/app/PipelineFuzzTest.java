package io.pipewright.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link FuzzedPipeline} with the fuzzer's seeds: the shipped pipelines, the cases of {@link FindingsTest}, and in
 * {@code fuzzed} what the fuzzer found.
 */
class PipelineFuzzTest {

    private static final Path RESOURCES = Path.of("src/test/resources");

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverIsWrongIsAFinding(Path seed) throws IOException {
        FuzzedPipeline.check(Files.readAllBytes(seed));
    }

    static Stream<Path> seeds() {
        return Stream.of(
                        TestPlace.root().resolve("pipelines"),
                        RESOURCES.resolve("findings"),
                        RESOURCES.resolve("fuzzed"))
                .flatMap(PipelineFuzzTest::files)
                .sorted();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
