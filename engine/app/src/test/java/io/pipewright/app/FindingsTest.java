package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.diagnostic.PrettyFormatter;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.plan.PipelineInput;
import io.pipewright.schema.PluginCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Wrong pipelines, each with all that is said about it. A case is the folder {@code findings/CODE/CASE}; its
 * {@code expected.txt} is written by {@code -Dpipewright.update=true}. Beside {@code pipeline.yaml}, which may be an
 * {@link AbridgedText}, there may be an {@code overlay.yaml}, and {@code settings.txt} with one {@code --set} a line.
 */
class FindingsTest {

    private static final Path CASES = Path.of("src/test/resources/findings");

    /** Cases that are about how findings of several codes come together. */
    private static final String SEVERAL = "several";

    /** Names of Java classes, regular expressions, and what JSON Schema calls things. */
    static final Pattern JARGON = Pattern.compile("\\b(java|javax|org|com|io)\\.[a-z]+\\.|Exception|null pointer"
            + "|\\[\\^?[aA0]-[zZ9]|\\(\\?|\\\\[dwsb]|\\.\\*|\\.\\+"
            + "|additionalProperties|oneOf|anyOf|allOf|subschema|schema path|\\binstance\\b|\\$ref");

    private final PipelineCompiler compiler = new PipelineCompiler(PluginCatalog.load(new ShippedPlugins()));

    @ParameterizedTest
    @MethodSource("cases")
    void everyFindingIsToldAsExpected(Path folder) throws IOException {
        Diagnostics found = findings(folder);

        String code = folder.getParent().getFileName().toString();
        if (!code.equals(SEVERAL)) {
            assertThat(found.all()).extracting(finding -> finding.code()).contains(code);
        }
        GoldenFiles.assertFile(folder.resolve("expected.txt"), new PrettyFormatter().format(found));
    }

    /** That each code is in one of them at least, {@link ProblemCatalogueTest} says. */
    @Test
    void thereAreEnoughCasesAndNoFolderOfACodeIsEmpty() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(120);
        try (Stream<Path> codes = Files.list(CASES)) {
            assertThat(cases().map(Path::getParent).distinct()).containsExactlyInAnyOrderElementsOf(codes.toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten-mistakes", "ten-of-orders", "ten-of-sensors", "ten-of-fraud"})
    void tenMistakesOfAllPhasesAreTenFindings(String folder) throws IOException {
        assertThat(findings(CASES.resolve(SEVERAL).resolve(folder))).hasSize(10);
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

    @ParameterizedTest
    @MethodSource("cases")
    void everyFindingSaysWhatToDoInOneStyleAndInWordsOfTheLanguage(Path folder) throws IOException {
        assertThat(findings(folder)).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.hintText()).as(finding.toString()).hasValueSatisfying(hint -> assertThat(hint)
                    .matches("(?s)[^A-Z].*[.?]"));
            assertThat(finding.message() + " " + finding.hintText().orElse(""))
                    .as(finding.toString())
                    .doesNotContainPattern(JARGON);
        });
    }

    private Diagnostics findings(Path folder) throws IOException {
        PipelineInput input = new PipelineInput(
                file(folder.resolve("pipeline.yaml")),
                Files.exists(folder.resolve("overlay.yaml"))
                        ? List.of(file(folder.resolve("overlay.yaml")))
                        : List.of(),
                Files.exists(folder.resolve("settings.txt"))
                        ? Files.readAllLines(folder.resolve("settings.txt"))
                        : List.of());
        return compiler.compile(input, new Surroundings(folder, Map.of(), true)).diagnostics();
    }

    private static PipelineInput.TextFile file(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        String text = new String(content, StandardCharsets.UTF_8);
        return new PipelineInput.TextFile(
                file.getFileName().toString(), text.contains("‹") ? AbridgedText.bytes(text) : content);
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
}
