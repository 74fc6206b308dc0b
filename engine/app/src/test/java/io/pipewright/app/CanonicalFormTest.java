package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.schema.PluginCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * The canonical form of pipelines. A golden pair is the folder {@code fmt/CASE}; its {@code after.yaml} is written by
 * {@code -Dpipewright.update=true}.
 */
class CanonicalFormTest {

    private static final Path PAIRS = Path.of("src/test/resources/fmt");
    private static final Path FINDINGS = Path.of("src/test/resources/findings");
    private static final Path PIPELINES = Path.of("../../pipelines");

    private final PipelineFormatter formatter = new PipelineFormatter();
    private final PipelineCompiler compiler =
            new PipelineCompiler(PluginCatalog.load(CanonicalFormTest.class.getClassLoader()));

    @Test
    void whatWasWrittenInAnyWayIsWrittenInOne() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Path before :
                below(PAIRS).filter(file -> file.endsWith("before.yaml")).toList()) {
            String name = PAIRS.relativize(before.getParent()).toString();
            files.put(name + "/before.yaml", Files.readString(before));
            files.put(name + "/after.yaml", form(Files.readAllBytes(before)).orElseThrow());
        }
        assertThat(files).hasSizeGreaterThan(10);
        GoldenFiles.assertFolder(PAIRS, files);
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void theShippedPipelinesAreInTheForm(Path file) throws IOException {
        assertThat(form(Files.readAllBytes(file))).contains(Files.readString(file));
    }

    /** Of every file that is YAML, with whatever mistakes. */
    @ParameterizedTest
    @MethodSource("files")
    void theFormHasTheSameFindingsAndCommentsAndIsItsOwnForm(Path file) throws IOException {
        byte[] before = Files.readAllBytes(file);
        Optional<String> form = form(before);
        if (form.isEmpty()) {
            assertThat(codes(file, before)).isNotEmpty();
            return;
        }
        byte[] after = form.get().getBytes(StandardCharsets.UTF_8);
        assertThat(codes(file, after)).isEqualTo(codes(file, before));
        assertThat(comments(form.get())).isEqualTo(comments(Files.readString(file)));
        assertThat(form(after)).isEqualTo(form);
    }

    private Optional<String> form(byte[] file) {
        return formatter.format("pipeline.yaml", file).text();
    }

    private List<String> codes(Path file, byte[] content) {
        Path folder = file.toAbsolutePath().getParent();
        return compiler
                .compile("pipeline.yaml", content, List.of(), new Surroundings(folder, Map.of(), true))
                .diagnostics()
                .all()
                .stream()
                .map(Diagnostic::code)
                .sorted()
                .toList();
    }

    /** As the YAML library itself finds them. */
    private static List<String> comments(String text) {
        LoadSettings settings = LoadSettings.builder().setParseComments(true).build();
        List<String> comments = new ArrayList<>();
        new ParserImpl(settings, new StreamReader(settings, text)).forEachRemaining((Event event) -> {
            if (event instanceof CommentEvent comment && comment.getCommentType() != CommentType.BLANK_LINE) {
                comments.add(comment.getValue().strip());
            }
        });
        return comments.stream().sorted().toList();
    }

    static Stream<Path> shipped() throws IOException {
        return below(PIPELINES);
    }

    static Stream<Path> files() throws IOException {
        return Stream.concat(below(PIPELINES), below(FINDINGS));
    }

    private static Stream<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }
}
