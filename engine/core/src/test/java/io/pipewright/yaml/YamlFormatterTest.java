package io.pipewright.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds of the canonical form of any document, whatever its layout. */
class YamlFormatterTest {

    private static final Pattern NOTE = Pattern.compile("# ?note\\d+[^;]*;");
    private static final int DOCUMENTS = 5_000;

    @Test
    void theFormOfAnyDocumentMeansTheSameHasAllCommentsAndIsItsOwnForm() {
        int valid = 0;
        for (long seed = 0; seed < DOCUMENTS; seed++) {
            String text = new RandomYaml(seed).document();
            Checked<Document> document = YamlReader.read("random.yaml", text.getBytes(UTF_8));
            if (document.hasErrors()) {
                assertThat(format(text).hasErrors()).isTrue();
                continue;
            }
            valid++;
            String once = format(text).orElseThrow();
            assertThat(tree(once)).as("seed %s\n%s\n->\n%s", seed, text, once).isEqualTo(tree(text));
            assertThat(notes(once)).as("seed %s\n%s\n->\n%s", seed, text, once).isEqualTo(notes(text));
            assertThat(format(once).orElseThrow()).as("seed %s\n%s", seed, text).isEqualTo(once);
            assertThat(once).as("seed %s\n%s", seed, text).endsWith("\n").doesNotContain("\r", "\uFEFF");
        }
        assertThat(valid).isGreaterThan(DOCUMENTS * 8 / 10);
    }

    private static Checked<String> format(String text) {
        return YamlFormatter.format("random.yaml", text.getBytes(UTF_8), document -> Checked.of(rules(document)));
    }

    /** Rules that follow from what is in the document alone: some maps are sorted, some scalars are expressions. */
    private static CanonicalRules rules(Document document) {
        Map<Position, List<String>> firstKeys = new HashMap<>();
        Map<Position, String> expressions = new HashMap<>();
        addRules(document.root(), firstKeys, expressions);
        return new CanonicalRules(firstKeys, expressions);
    }

    private static void addRules(Node node, Map<Position, List<String>> firstKeys, Map<Position, String> expressions) {
        if (node instanceof MappingNode map) {
            List<String> sorted = map.keys().stream().sorted().toList();
            if (sorted.hashCode() % 2 == 0) {
                firstKeys.put(map.span().start(), sorted);
            }
            map.entries().forEach(entry -> addRules(entry.value(), firstKeys, expressions));
        } else if (node instanceof SequenceNode list) {
            list.items().forEach(item -> addRules(item, firstKeys, expressions));
        } else if (node instanceof ScalarNode scalar && scalar.text().hashCode() % 2 == 0) {
            expressions.put(scalar.span().start(), scalar.text());
        }
    }

    @Test
    void aFormThatLostAValueIsNoForm() {
        SameMeaning meaning = new SameMeaning(CanonicalRules.LAYOUT_ONLY);
        for (String other :
                List.of("{a: [1, x]}", "{a: [1, y], b: z}", "{a: [1], b: x}", "{a: ['1', x], b: x}", "{a: 1, b: x}")) {
            assertThat(meaning.holds(root("{a: [1, x], b: x}"), root(other)))
                    .as(other)
                    .isFalse();
        }
        assertThat(meaning.holds(root("{a: [1, x], b: x}"), root("b: 'x'\na: [1, x]")))
                .isTrue();
    }

    @Test
    void aFormThatLostACommentIsNoForm() {
        String text = "a: 1 # one\n";
        byte[] bytes = text.getBytes(UTF_8);
        Document document = YamlReader.read("a.yaml", bytes).orElseThrow();
        Layout layout = LayoutReader.read(FileText.decode("a.yaml", bytes, new DiagnosticCollector()));

        YamlFormatter.check(document, layout, CanonicalRules.LAYOUT_ONLY, text);
        assertThatThrownBy(() -> YamlFormatter.check(document, layout, CanonicalRules.LAYOUT_ONLY, "a: 1\n"))
                .hasMessage("The canonical form of `a.yaml` would lose a comment.");
        assertThatThrownBy(() -> YamlFormatter.check(document, layout, CanonicalRules.LAYOUT_ONLY, "a: 2 # one\n"))
                .hasMessage("The canonical form of `a.yaml` would mean something else.");
    }

    @Test
    void aFormThatCouldNotBeReadAgainIsAFinding() {
        assertThat(format("x: [" + "{a: 1}, ".repeat(120_000) + "]\n")
                        .diagnostics()
                        .all())
                .extracting(finding -> finding.code())
                .containsExactly("file-too-large");
    }

    private static MappingNode root(String text) {
        return YamlReader.read("random.yaml", text.getBytes(UTF_8))
                .orElseThrow()
                .root();
    }

    /** The comments in no order: those between a key and its value come before the entry. */
    private static List<String> notes(String text) {
        List<String> notes = new ArrayList<>();
        Matcher note = NOTE.matcher(text);
        while (note.find()) {
            notes.add(note.group());
        }
        return notes.stream().sorted().toList();
    }

    /** The document as plain values, by the reader that pipelines are read with. */
    private static Object tree(String text) {
        return value(YamlReader.read("random.yaml", text.getBytes(UTF_8))
                .orElseThrow()
                .root());
    }

    private static Object value(Node node) {
        if (node instanceof MappingNode map) {
            return map.entries().stream()
                    .sorted(Comparator.comparing(MappingNode.Entry::key))
                    .map(entry -> Map.entry(entry.key(), value(entry.value())))
                    .toList();
        }
        return node instanceof SequenceNode list
                ? list.items().stream().map(YamlFormatterTest::value).toList()
                : List.of(String.valueOf(((ScalarNode) node).value()), ((ScalarNode) node).kind());
    }
}
