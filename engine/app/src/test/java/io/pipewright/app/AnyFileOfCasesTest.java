package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.app.casefile.CaseFile;
import io.pipewright.app.casefile.CaseSuite;
import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.plan.PipelineInput;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.testkit.PortProbes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The shipped cases with parts cut out, repeated and moved: whatever they have become is answered with findings. */
class AnyFileOfCasesTest {

    private static final Path FOLDER = Path.of("../../pipelines");
    private static final int FILES = 400;

    private static final List<String> ODD = List.of(
            "null",
            "{}",
            "[]",
            "7",
            "1e999999999",
            "''",
            "+9999999999999d",
            "-1000000000-01-01T00:00:00Z",
            "*x",
            "a: b",
            "\n");

    private final PluginCatalog plugins = PluginCatalog.load(new ShippedPlugins());
    private final CaseSuite.Compilers compilers =
            new CaseSuite.Compilers(new PipelineCompiler(plugins), new PipelineCompiler(PortProbes.plugins(plugins)));

    @Test
    void isAnsweredWithFindingsInsideTheFile() throws IOException {
        String text = Files.readString(FOLDER.resolve("cxone.test.yaml"));
        PipelineInput pipeline = new PipelineInput(
                new PipelineInput.TextFile("cxone.yaml", Files.readAllBytes(FOLDER.resolve("cxone.yaml"))),
                List.of(),
                List.of());
        Random random = new Random(45);
        int wrong = 0;
        for (int file = 0; file < FILES; file++) {
            String changed = changed(text, random);
            Checked<CaseSuite> suite = CaseFile.read("cases", changed.getBytes(StandardCharsets.UTF_8))
                    .then(cases -> CaseSuite.of(
                            cases, FOLDER, pipeline, new Surroundings(FOLDER, Map.of(), false), compilers));
            wrong += suite.hasErrors() ? 1 : 0;
            for (Diagnostic finding : suite.diagnostics()) {
                assertThat(finding.span().file()).as(changed).isEqualTo("cases");
                assertThat(finding.span().source().line(finding.span().line()))
                        .as(changed)
                        .isPresent();
            }
        }
        assertThat(wrong).isGreaterThan(FILES / 2);
    }

    private static String changed(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int[] word = word(changed, random);
            switch (random.nextInt(4)) {
                case 0 -> changed.delete(word[0], word[1]);
                case 1 -> changed.replace(word[0], word[1], ODD.get(random.nextInt(ODD.size())));
                case 2 -> {
                    int[] other = word(changed, random);
                    changed.replace(word[0], word[1], changed.substring(other[0], other[1]));
                }
                default -> changed.insert(word[0], changed.substring(word[0], word[1]));
            }
        }
        return changed.toString();
    }

    /** Where a word, or a sign alone, begins and ends. */
    private static int[] word(CharSequence text, Random random) {
        int start = random.nextInt(text.length() - 1);
        int end = start + 1;
        while (Character.isLetterOrDigit(text.charAt(start))
                && start > 0
                && Character.isLetterOrDigit(text.charAt(start - 1))) {
            start--;
        }
        while (Character.isLetterOrDigit(text.charAt(start))
                && end < text.length()
                && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return new int[] {start, end};
    }
}
