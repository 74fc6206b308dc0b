package io.pipewright.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.diagnostic.Checked;
import java.util.ArrayList;
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
        return YamlFormatter.format(
                "random.yaml", text.getBytes(UTF_8), document -> Checked.of(CanonicalRules.LAYOUT_ONLY));
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
                    .map(entry -> Map.entry(entry.key(), value(entry.value())))
                    .toList();
        }
        return node instanceof SequenceNode list
                ? list.items().stream().map(YamlFormatterTest::value).toList()
                : List.of(String.valueOf(((ScalarNode) node).value()), ((ScalarNode) node).kind());
    }
}
