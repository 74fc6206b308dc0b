package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.diagnostic.PrettyFormatter;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.schema.PluginCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wrong pipelines, each with all that is said about it. A case is the folder {@code findings/CODE/CASE}; its
 * {@code expected.txt} is written by {@code -Dpipewright.update=true}.
 */
class FindingsTest {

    private static final Path CASES = Path.of("src/test/resources/findings");

    /** Cases that are about how findings of several codes come together. */
    private static final String SEVERAL = "several";

    private final PipelineCompiler compiler = new PipelineCompiler(PluginCatalog.load(new ShippedPlugins()));

    @ParameterizedTest
    @MethodSource("cases")
    void everyFindingIsToldAsExpected(Path folder) throws IOException {
        Diagnostics found = findings(folder);

        String code = folder.getParent().getFileName().toString();
        if (!code.equals(SEVERAL)) {
            assertThat(found.all()).extracting(finding -> finding.code()).contains(code);
        }
        compare(folder.resolve("expected.txt"), new PrettyFormatter().format(found));
    }

    @Test
    void tenMistakesOfAllPhasesAreTenFindings() throws IOException {
        assertThat(findings(CASES.resolve(SEVERAL).resolve("ten-mistakes"))).hasSize(10);
    }

    @Test
    void whatOnlyTheEnvironmentKnowsIsNoMistake() throws IOException {
        String pipeline = Files.readString(CASES.resolve("short-within/of-the-source/pipeline.yaml"));
        assertThat(pipeline).contains("within: 2s");

        byte[] open = pipeline.replace("within: 2s", "within: ${env:WITHIN}").getBytes(StandardCharsets.UTF_8);
        Checked<LogicalGraph> checked =
                compiler.compile("pipeline.yaml", open, List.of(), new Surroundings(CASES, Map.of(), false));
        assertThat(checked.diagnostics().all()).isEmpty();
        assertThat(checked.value()).isPresent();
    }

    @Test
    void theShippedPipelineHasNotEvenAWarning() throws IOException {
        Path folder = Path.of("../../pipelines");
        byte[] file = Files.readAllBytes(folder.resolve("cxone.yaml"));

        assertThat(compiler.compile("cxone.yaml", file, List.of(), new Surroundings(folder, Map.of(), false))
                        .diagnostics()
                        .all())
                .isEmpty();
    }

    @Test
    void noMessageShowsAClassNameOrARegularExpression() throws IOException {
        List<Path> cases = cases().toList();
        assertThat(cases).isNotEmpty();
        for (Path folder : cases) {
            findings(folder).forEach(finding -> assertThat(
                            finding.message() + finding.hintText().orElse(""))
                    .doesNotContain("java.", "io.pipewright", "Exception", "[a-z]", "[A-Z]", "null pointer"));
        }
    }

    private Diagnostics findings(Path folder) throws IOException {
        byte[] file = Files.readAllBytes(folder.resolve("pipeline.yaml"));
        return compiler.compile("pipeline.yaml", file, List.of(), new Surroundings(folder, Map.of(), true))
                .diagnostics();
    }

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> files = Files.walk(CASES, 3)) {
            return files
                    .filter(file -> file.endsWith("pipeline.yaml"))
                    .map(file -> file.getParent())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static void compare(Path golden, String text) throws IOException {
        String before;
        try {
            before = Files.readString(golden);
        } catch (NoSuchFileException e) {
            before = "";
        }
        if (Boolean.getBoolean("pipewright.update") && !before.equals(text)) {
            Files.writeString(golden, text);
            fail("%s was written. Look at it, and run again without -Dpipewright.update.", golden);
        }
        assertThat(text).isEqualTo(before);
    }
}
