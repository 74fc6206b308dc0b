package io.pipewright.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    @Test
    void everyKeyAndValueKnowsItsPlace() {
        Document document = document(
                """
                # a comment
                name: cxone   # behind
                vars:
                  rate: {type: rate, default: "500/s"}
                list:
                - a
                -   b: 1
                    c:
                empty: []

                last: x
                """);

        assertThat(spans(document.root()))
                .containsExactly(
                        "name 2:1-2:5 = a text 2:7-2:12",
                        "vars 3:1-3:5 = a map 4:3-4:39",
                        "rate 4:3-4:7 = a map 4:9-4:39",
                        "type 4:10-4:14 = a text 4:16-4:20",
                        "default 4:22-4:29 = a text 4:31-4:38",
                        "list 5:1-5:5 = a list 6:1-8:7",
                        "- a text 6:3-6:4",
                        "- a map 7:5-8:7",
                        "b 7:5-7:6 = an integer 7:8-7:9",
                        "c 8:5-8:6 = null 8:7-8:7",
                        "empty 9:1-9:6 = a list 9:8-9:10",
                        "last 11:1-11:5 = a text 11:7-11:8");
        assertThat(document.root().span()).hasToString("f.yaml:2:1");
        assertThat(document.root().span().end()).hasToString("11:8");
    }

    @Test
    void placesAreTheSameWithMarkAndCarriageReturns() {
        String text = "name: 'a'\nvars:\n  x: |\n    one\n    two\n  y: 2\n";
        List<String> expected = spans(document(text).root());

        assertThat(spans(document(text.replace("\n", "\r\n")).root())).isEqualTo(expected);
        assertThat(spans(document(text.replace("\n", "\r")).root())).isEqualTo(expected);
        assertThat(spans(document("\uFEFF" + text).root())).isEqualTo(expected);
        assertThat(document(text.replace("\n", "\r\n")).find("/vars/x").map(n -> ((ScalarNode) n).text()))
                .contains("one\ntwo\n");
    }

    @Test
    void columnsCountCodePoints() {
        Document document = document("{\"😀\": é😀, b: 'ü', c: x}");

        assertThat(spans(document.root()))
                .containsExactly(
                        "😀 1:2-1:5 = a text 1:7-1:9",
                        "b 1:11-1:12 = a text 1:14-1:17",
                        "c 1:19-1:20 = a text 1:22-1:23");
    }

    @Test
    void anAliasIsTheNodeOfItsAnchorWithItsPlace() {
        Document document = document(
                """
                a: &one   1
                b: &many
                  # of it
                  x: *one
                c: [*many, &text "t", *text]
                &k d: *many
                """);

        assertThat(document.find("/b/x")).isEqualTo(document.find("/a"));
        assertThat(document.find("/c/0").orElseThrow())
                .isSameAs(document.find("/b").orElseThrow());
        assertThat(spans(document.root()))
                .contains(
                        "a 1:1-1:2 = an integer 1:11-1:12",
                        "b 2:1-2:2 = a map 4:3-4:10",
                        "- a text 5:18-5:21",
                        "d 6:4-6:5 = a map 4:3-4:10");
        assertThat(document.find("/c").orElseThrow().span().end()).hasToString("5:29");
    }

    @Test
    void anAliasOfATextCanBeAKey() {
        Document document = document("a: &k name\n*k : 1\n");

        assertThat(document.root().keys()).containsExactly("a", "name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "~ | NULL",
                "null | NULL",
                "Null | NULL",
                "nULL | STRING",
                "true | BOOL",
                "FALSE | BOOL",
                "tRue | STRING",
                "on | STRING",
                "off | STRING",
                "no | STRING",
                "Yes | STRING",
                "y | STRING",
                "0 | INT",
                "-12 | INT",
                "+7 | INT",
                "007 | INT",
                "0o17 | INT",
                "0xFf | INT",
                "0b11 | STRING",
                "0o8 | STRING",
                "1_000 | STRING",
                "12:30:45 | STRING",
                "190:20 | STRING",
                "1.5 | FLOAT",
                ".5 | FLOAT",
                "5. | FLOAT",
                "1e3 | FLOAT",
                "-1.5E-3 | FLOAT",
                ".inf | FLOAT",
                "-.INF | FLOAT",
                ".NaN | FLOAT",
                "1. 5 | STRING",
                "2001-01-01 | STRING",
                "1m | STRING",
                "= | STRING",
                ". | STRING"
            })
    void plainScalarsFollowTheCoreSchema(String text, ScalarKind kind) {
        ScalarNode scalar = (ScalarNode) document("a: " + text).find("/a").orElseThrow();

        assertThat(scalar.kind()).isEqualTo(kind);
        assertThat(scalar.text()).isEqualTo(text);
        assertThat(((ScalarNode) document("a: '" + text + "'").find("/a").orElseThrow()).kind())
                .isEqualTo(ScalarKind.STRING);
    }

    @ParameterizedTest
    @CsvSource({
        "0o17, 15",
        "0xFf, 255",
        "007, 7",
        "+7, 7",
        "1e3, 1000.0",
        ".inf, Infinity",
        "-.inf, -Infinity",
        ".nan, NaN",
        "True, true",
        "off, off",
        "5., 5.0",
        "12345678901234567890123, 12345678901234567890123"
    })
    void valuesAreThoseOfTheCoreSchema(String text, String expected) {
        ScalarNode scalar = (ScalarNode) document("a: " + text).find("/a").orElseThrow();

        assertThat(scalar.value()).hasToString(expected);
    }

    @Test
    void aNumberOfAMillionDigitsIsAText() {
        ScalarNode scalar =
                (ScalarNode) document("a: " + "9".repeat(1_000_000)).find("/a").orElseThrow();

        assertThat(scalar.kind()).isEqualTo(ScalarKind.STRING);
    }

    @Test
    void pointersNameNodes() {
        Document document = document("a/b: {'~x': [1, {c: 2}]}\n'': 3\n");

        assertThat(document.find("/a~1b/~0x/1/c").map(Node::describe)).contains("an integer");
        assertThat(document.find("/")).map(n -> ((ScalarNode) n).text()).contains("3");
        assertThat(document.find("")).contains(document.root());
        assertThat(document.find("/a~1b/~0x/2")).isEmpty();
        assertThat(document.find("/a~1b/~0x/01")).isEmpty();
        assertThat(document.find("/nothing/at/all")).isEmpty();
        assertThat(document.keySpan("/a~1b/~0x")).hasToString("f.yaml:1:7");
        assertThat(document.keySpan("/a~1b/~0x/1")).hasToString("f.yaml:1:17");
        assertThat(document.keySpan("/a~1b/~0x/1/missing")).hasToString("f.yaml:1:17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"---\na: 1\n", "---\na: 1\n...\n", "%YAML 1.2\n---\na: 1", "\n\n# c\na: 1\n", "{a: 1}"})
    void oneDocumentMayBeMarkedAsSuch(String text) {
        assertThat(document(text).root().keys()).containsExactly("a");
    }

    @Test
    void tabsAreFineWhereTheyDoNotIndent() {
        assertThat(document("a: 1\t# c\nb: |\n  x\n  \ty\n\nc: \"x\n\ty\"\nd: 'x\n\ty'\n")
                        .root()
                        .keys())
                .hasSize(4);
    }

    static Document document(String text) {
        Checked<Document> checked = read(text);
        assertThat(checked.diagnostics().all()).isEmpty();
        return checked.orElseThrow();
    }

    static Checked<Document> read(String text) {
        return YamlReader.read("f.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> brief(Checked<Document> checked) {
        return checked.diagnostics().all().stream()
                .map((Diagnostic d) ->
                        d.code() + " " + d.span().start() + "-" + d.span().end())
                .toList();
    }

    private static List<String> spans(Node node) {
        List<String> lines = new java.util.ArrayList<>();
        collect(node, lines);
        return lines;
    }

    private static void collect(Node node, List<String> lines) {
        if (node instanceof MappingNode mapping) {
            for (MappingNode.Entry entry : mapping.entries()) {
                lines.add(entry.key() + " " + entry.keySpan().start() + "-"
                        + entry.keySpan().end() + " = " + place(entry.value()));
                collect(entry.value(), lines);
            }
        } else if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.items()) {
                lines.add("- " + place(item));
                collect(item, lines);
            }
        }
    }

    private static String place(Node node) {
        return node.describe() + " " + node.span().start() + "-" + node.span().end();
    }
}
