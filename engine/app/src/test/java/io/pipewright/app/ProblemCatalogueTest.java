package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.pipewright.app.casefile.CaseFile;
import io.pipewright.app.casefile.CaseSuite;
import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.plan.PipelineInput;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.testkit.PortProbes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class ProblemCatalogueTest {

    private static final Path PAGE = Path.of("../../docs/problems.md");

    /** A code where it is raised: the first text of a call that reports a finding, a constant, or one of two codes. */
    private static final Pattern RAISED = Pattern.compile(
            "(?:(?<!failures\\.)\\b(?:error|warning|add|report|failed|Typed)\\("
                    + "(?:\\s*+[\\w.]++(?:\\(\\))?+,)*+\\s*+|String CODE = |\\? |\" : )\"([a-z0-9]+(?:-[a-z0-9]+)+)\"[,; ]");

    @TempDir
    Path folder;

    private final PipelineCompiler compiler =
            new PipelineCompiler(PluginCatalog.load(ProblemCatalogueTest.class.getClassLoader()));

    @BeforeEach
    void writeTheTables() throws Exception {
        for (String tables : List.of("calls.cql", "unfinished.cql")) {
            Files.write(folder.resolve(tables), ProblemCatalogue.resource(tables));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theWrongExampleHasThisProblemAloneAndTheRightOneHasNone(String code, Problem.Example example) {
        assertThat(findings(example, example.wrongFile(), example.wrong()).all())
                .as(example.wrong())
                .isNotEmpty()
                .extracting(Diagnostic::code)
                .containsOnly(code);
        if (example.place() == Problem.Place.PIPELINE) {
            assertThat(example.file()).contains(example.right());
        }
        if (!example.right().isEmpty()) {
            assertThat(findings(example, example.file(), example.right()).all()).isEmpty();
        }
    }

    @Test
    void everyCodeOfTheGoldenCasesIsExplained() throws Exception {
        Set<String> codes = new TreeSet<>();
        for (String cases : List.of("findings", "casefindings")) {
            try (Stream<Path> folders = Files.list(Path.of("src/test/resources").resolve(cases))) {
                folders.filter(Files::isDirectory)
                        .map(code -> code.getFileName().toString())
                        .filter(code -> !code.equals("several"))
                        .forEach(codes::add);
            }
        }
        assertThat(new ProblemCatalogue().problems().keySet()).containsExactlyElementsOf(codes);
        assertThat(new ProblemCatalogue().problems().values())
                .filteredOn(problem -> problem.pipeline().isEmpty())
                .as("without an example")
                .isEmpty();
    }

    @Test
    void everyCodeThatIsRaisedIsExplained() throws Exception {
        Set<String> raised = new TreeSet<>();
        for (String module : List.of("../spi", "../core", "../app", "../../stages")) {
            try (Stream<Path> sources = Files.walk(Path.of(module, "src/main/java"))) {
                for (Path source : sources.filter(file -> file.toString().endsWith(".java"))
                        .toList()) {
                    RAISED.matcher(Files.readString(source)).results().forEach(found -> raised.add(found.group(1)));
                }
            }
        }
        assertThat(raised)
                .contains("unknown-option", "quote-expression", "union-mismatch", "type-mismatch", "too-many-steps");
        assertThat(new ProblemCatalogue().problems().keySet()).containsAll(raised);
    }

    @Test
    void noExplanationHasJargon() {
        assertThat(new ProblemCatalogue().problems().values())
                .allSatisfy(problem -> assertThat(problem.means()).doesNotContainPattern(FindingsTest.JARGON));
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
    void explainTakesSeveralCodes() {
        assertThat(explain(ExitCode.FINE, "unknown-column", "cycle", "cycle"))
                .startsWith("unknown-column\n")
                .containsOnlyOnce("\n\ncycle\n");
        assertThat(explain(ExitCode.USAGE, "unknown-column", "cicle"))
                .isEqualTo("There is no code `cicle`. did you mean `cycle`?\n");
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

    /** What is said about a pipeline, with the lines beside it if that is where the example has them. */
    private Diagnostics findings(Problem.Example example, String pipeline, String lines) {
        if (example.place() == Problem.Place.TEST) {
            return ofCases(pipeline, lines);
        }
        PipelineInput.TextFile file = new PipelineInput.TextFile("pipeline.yaml", AbridgedText.bytes(pipeline));
        PipelineInput input =
                switch (example.place()) {
                    case PIPELINE -> new PipelineInput(file, List.of(), List.of());
                    case OVERLAY -> new PipelineInput(
                            file,
                            List.of(new PipelineInput.TextFile("overlay.yaml", AbridgedText.bytes(lines))),
                            List.of());
                    case COMMAND_LINE -> new PipelineInput(
                            file, List.of(), List.of(lines.strip().substring("--set ".length())));
                    case TEST -> throw new IllegalStateException("Cases are looked at above.");
                };
        return compiler.compile(input, new Surroundings(folder, Map.of(), true)).diagnostics();
    }

    /** What is said about the cases of a test, or what comes of them. */
    private Diagnostics ofCases(String pipeline, String cases) {
        String head = "apiVersion: pipelineTest/v1\npipeline: pipeline.yaml\ncases:\n";
        PipelineInput.TextFile file = new PipelineInput.TextFile("pipeline.yaml", AbridgedText.bytes(pipeline));
        PluginCatalog plugins = PluginCatalog.load(ProblemCatalogueTest.class.getClassLoader());
        CaseSuite.Compilers compilers =
                new CaseSuite.Compilers(compiler, new PipelineCompiler(PortProbes.plugins(plugins)));
        Checked<CaseSuite> suite = CaseFile.read("test.yaml", (head + cases).getBytes(StandardCharsets.UTF_8))
                .then(test -> CaseSuite.of(
                        test,
                        folder,
                        new PipelineInput(file, List.of(), List.of()),
                        new Surroundings(folder, Map.of(), false),
                        compilers));
        return suite.hasErrors()
                ? suite.diagnostics()
                : suite.orElseThrow().run(name -> true).differences();
    }

    static Stream<Object[]> examples() {
        return new ProblemCatalogue()
                .problems().values().stream()
                        .filter(problem -> problem.pipeline().isPresent())
                        .map(problem ->
                                new Object[] {problem.code(), problem.pipeline().orElseThrow()});
    }
}
