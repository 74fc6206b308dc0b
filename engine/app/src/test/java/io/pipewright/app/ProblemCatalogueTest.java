package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.schema.PluginCatalog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class ProblemCatalogueTest {

    private static final Path PAGE = Path.of("../../docs/problems.md");

    /** What their examples would have to show is too long to read, or cannot be shown. */
    private static final Set<String> WITHOUT_EXAMPLE = Set.of(
            "control-character",
            "expression-too-deep",
            "expression-too-long",
            "invalid-utf8",
            "malformed-cql",
            "record-too-large",
            "references-too-large",
            "too-deep",
            "too-many-aliases",
            "too-many-steps");

    @TempDir
    Path folder;

    private final PipelineCompiler compiler =
            new PipelineCompiler(PluginCatalog.load(ProblemCatalogueTest.class.getClassLoader()));

    @BeforeEach
    void writeTheTables() throws Exception {
        Files.write(folder.resolve("calls.cql"), ProblemCatalogue.resource("calls.cql"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theWrongExampleHasThisProblemAloneAndTheRightOneHasNone(String code, Problem.Example example) {
        assertThat(findings(example.wrongFile()).all())
                .as(example.wrongFile())
                .isNotEmpty()
                .extracting(Diagnostic::code)
                .containsOnly(code);
        assertThat(example.file()).contains(example.right());
        assertThat(findings(example.file()).all()).isEmpty();
    }

    @Test
    void everyCodeOfTheGoldenCasesIsExplained() throws Exception {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> folders = Files.list(Path.of("src/test/resources/findings"))) {
            folders.map(code -> code.getFileName().toString())
                    .filter(code -> !code.equals("several"))
                    .forEach(codes::add);
        }
        assertThat(new ProblemCatalogue().problems().keySet()).containsExactlyElementsOf(codes);
        assertThat(new ProblemCatalogue().problems().values())
                .filteredOn(problem -> problem.pipeline().isEmpty())
                .extracting(Problem::code)
                .containsExactlyInAnyOrderElementsOf(WITHOUT_EXAMPLE);
    }

    @Test
    void thePageIsMadeFromTheCatalogue() throws Exception {
        String page = new ProblemCatalogue().documented();
        String before = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        if (Boolean.getBoolean("pipewright.update") && !before.equals(page)) {
            Files.writeString(PAGE, page);
            fail("%s was written. Look at it, and run again without -Dpipewright.update.", PAGE);
        }
        assertThat(page).isEqualTo(before);
    }

    @Test
    void explainShowsBothExamples() {
        assertThat(explain(ExitCode.FINE, "unknown-column"))
                .startsWith("unknown-column\n\nThe table has no such column")
                .contains("Wrong:\n", "Right:\n");
    }

    @Test
    void explainWithoutACodeListsAll() {
        assertThat(explain(ExitCode.FINE).lines())
                .hasSize(new ProblemCatalogue().problems().size());
    }

    @Test
    void explainNamesTheNearestCode() {
        assertThat(explain(ExitCode.USAGE, "unknown-colum"))
                .isEqualTo("There is no code `unknown-colum`. did you mean `unknown-column`?\n");
    }

    private static String explain(int exitCode, String... code) {
        StringWriter text = new StringWriter();
        CommandLine line = Main.commandLineOf(new ExplainCommand());
        line.setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
        assertThat(line.execute(code)).isEqualTo(exitCode);
        return text.toString();
    }

    private Diagnostics findings(String pipeline) {
        if (pipeline.isEmpty()) {
            return Diagnostics.none();
        }
        byte[] bytes = pipeline.getBytes(StandardCharsets.UTF_8);
        return compiler.compile("pipeline.yaml", bytes, List.of(), new Surroundings(folder, Map.of(), true))
                .diagnostics();
    }

    static Stream<Object[]> examples() {
        return new ProblemCatalogue()
                .problems().values().stream()
                        .filter(problem -> problem.pipeline().isPresent())
                        .map(problem ->
                                new Object[] {problem.code(), problem.pipeline().orElseThrow()});
    }
}
