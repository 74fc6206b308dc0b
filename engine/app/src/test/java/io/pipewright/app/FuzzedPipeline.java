package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.diagnostic.GithubFormatter;
import io.pipewright.diagnostic.JsonFormatter;
import io.pipewright.diagnostic.Position;
import io.pipewright.diagnostic.PrettyFormatter;
import io.pipewright.diagnostic.SarifFormatter;
import io.pipewright.diagnostic.Source;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.plan.PipelineInput;
import io.pipewright.plan.PipelineInput.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whatever the bytes of a pipeline, its overlay and its settings are, they are answered with findings alone, each at a
 * place that is there, the same at each reading, in every form that findings are printed in.
 *
 * <p>{@link PipelineFuzzTest} tries this with inputs that are known; the fuzzer looks for others, by {@link FuzzTarget}.
 */
final class FuzzedPipeline {

    /** Ends the file and the overlay of an input, and each setting. */
    private static final String PART = "\n%%%%\n";

    private static final Path FOLDER = TestPlace.root().resolve("pipelines");

    private static final PipelineCompiler COMPILER =
            new PipelineCompiler(BuiltInPlugins.load().catalog());

    private static final PipelineFormatter FORMATTER = new PipelineFormatter();

    private static final ObjectMapper JSON = new ObjectMapper();

    private FuzzedPipeline() {}

    /** Throws if the input shows a fault of ours. */
    static void check(byte[] input) throws IOException {
        Diagnostics found = compile(input);

        found.forEach(FuzzedPipeline::standsInItsFile);
        assertThat(found.all()).isSorted().doesNotHaveDuplicates();
        String json = new JsonFormatter().format(found);
        assertThat(new JsonFormatter().format(compile(input)))
                .as("the second reading")
                .isEqualTo(json);
        printed(found, json);
        formatted(input);
    }

    static Diagnostics compile(byte[] input) {
        return COMPILER.compile(parts(input), new Surroundings(FOLDER, Map.of(), true))
                .diagnostics();
    }

    /** The bytes of the file; after a first separator an overlay's, after each further one a setting's. */
    private static PipelineInput parts(byte[] input) {
        String[] parts = new String(input, StandardCharsets.ISO_8859_1).split(PART, -1);
        List<TextFile> files = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.ISO_8859_1);
            if (files.size() < 2) {
                files.add(new TextFile(files.isEmpty() ? "pipeline.yaml" : "overlay.yaml", bytes));
            } else {
                settings.add(new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return new PipelineInput(files.get(0), files.subList(1, files.size()), settings);
    }

    private static void standsInItsFile(Diagnostic finding) {
        Source source = finding.span().source();
        Stream.of(finding.span().start(), finding.span().end()).forEach(place -> {
            assertThat(place.line()).as("line of %s", finding).isLessThanOrEqualTo(source.lineCount());
            assertThat(place.column()).as("column of %s", finding).isLessThanOrEqualTo(endColumn(source, place));
        });
    }

    /** {@code fmt} has no fault, and nothing to do on what it has written. */
    private static void formatted(byte[] input) {
        PipelineFormatter.Result once = FORMATTER.format("pipeline.yaml", input);
        assertThat(once.fault()).isEmpty();
        once.text().ifPresent(text -> assertThat(FORMATTER
                        .format("pipeline.yaml", text.getBytes(StandardCharsets.UTF_8))
                        .text())
                .contains(text));
    }

    private static int endColumn(Source source, Position place) {
        String line = source.line(place.line()).orElseThrow();
        return line.codePointCount(0, line.length()) + 1;
    }

    private static void printed(Diagnostics found, String printedJson) throws IOException {
        String pretty = new PrettyFormatter().format(found);
        assertThat(pretty.codePoints().filter(point -> point != '\n' && Character.isISOControl(point)))
                .as("control characters for the terminal")
                .isEmpty();
        String github = new GithubFormatter().format(found);
        assertThat(github.lines()).hasSize(found.all().size()).allMatch(line -> line.startsWith("::"));
        JsonNode json = JSON.readTree(printedJson);
        assertThat(json).hasSize(found.all().size());
        JsonNode sarif = JSON.readTree(new SarifFormatter("0").format(found));
        assertThat(sarif.at("/runs/0/results")).hasSize(found.all().size());
        for (String text : List.of(pretty, github, json.toString(), sarif.toString())) {
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text))
                    .as("half a character is printed")
                    .isTrue();
        }
    }
}
