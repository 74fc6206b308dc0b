package io.pipewright.yaml;

import static io.pipewright.yaml.YamlReaderTest.brief;
import static io.pipewright.yaml.YamlReaderTest.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostic;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedYamlTest {

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedAtItsPlace(String text, List<String> expected) {
        Checked<Document> checked = read(text);

        assertThat(brief(checked)).isEqualTo(expected);
        assertThat(checked.diagnostics()).allSatisfy(d -> {
            assertThat(d.message()).endsWith(".").doesNotContainPattern("block mapping|token|scalar|stream|<[a-z]");
            assertThat(d.hint()).isNotBlank();
        });
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                row("a: 1\nb: 2\na: 3\n", "duplicate-key 3:1-3:2"),
                row(
                        "x: {a: 1, 'a': 3}\ny: {b: 1, b: 1, b: 2}",
                        "duplicate-key 1:11-1:14",
                        "duplicate-key 2:11-2:12",
                        "duplicate-key 2:17-2:18"),
                row("a:\n\tb: 1\n", "tab-indentation 2:1-2:2"),
                row("a:\n  b: 1\n\tc: 2\n", "tab-indentation 3:1-3:2"),
                row("a: [\n  \t \tc,\n\td]\n", "tab-indentation 2:3-2:6"),
                row("a: {\n\tb: 1}\n", "tab-indentation 2:1-2:2"),
                row("a: x\n\ty\n", "tab-indentation 2:1-2:2"),
                row("a:\n\t- b\n", "tab-indentation 2:1-2:2"),
                row("a: |\n\tb\n", "tab-indentation 2:1-2:2"),
                row("a: 1\n---\nb: 2\n", "second-document 2:1-2:4"),
                row("a: 1\n...\nb: 2\n", "yaml-syntax 3:1-3:2"),
                row("a: !!str 1\nb: !x {c: 1}\n", "tag 1:4-1:9", "tag 2:4-2:6"),
                row("!!map\na: &x !!int 1\n", "tag 1:1-1:6", "tag 2:7-2:12"),
                row("a: ! b\n", "tag 1:4-1:5"),
                row("b: &b {x: 1}\na:\n  <<: *b\n  y: 2\n", "merge-key 3:3-3:5"),
                row("[a, b]: 1\n", "key-not-text 1:1-1:7"),
                row("{{a: 1}: 2}\n", "key-not-text 1:2-1:8"),
                row("a: {{ name }}\n", "key-not-text 1:5-1:13"),
                row("? {a: 1}\n: 2\n", "key-not-text 1:3-1:9"),
                row("? \n: 1\n", "empty-key 1:2-1:2"),
                row("a: {: 1}", "yaml-syntax 1:5-1:6"),
                row(": 1\n", "yaml-syntax 1:1-1:2"),
                row("a:\t1\n", "yaml-syntax 1:3-1:4"),
                row("", "empty-document 1:1-1:1"),
                row("# only a comment\n", "empty-document 1:1-1:1"),
                row("---\n...\n", "empty-document 1:1-1:1"),
                row("\uFEFF", "empty-document 1:1-1:1"),
                row("- a\n- b\n", "not-a-map 1:1-2:4"),
                row("just text", "not-a-map 1:1-1:10"),
                row("a: *b\n", "unknown-anchor 1:4-1:6"),
                row("a: &a [*a]\n", "unknown-anchor 1:8-1:10"),
                row("a: 1\nb: \0x\n", "control-character 2:4-2:5"),
                row("a: \u001b[31m\u0007\n", "control-character 1:4-1:5", "control-character 1:9-1:10"),
                row("a: x: y\n", "yaml-syntax 1:5-1:6"),
                row("a: \"x\nb: 1\n", "yaml-syntax 1:4-1:5"),
                row("a: 'x\n\ty: 1\n", "yaml-syntax 1:4-1:5"),
                row("a: \"\\q\"\n", "yaml-syntax 1:6-1:7"),
                row("a: \"\\xZZ\"\n", "yaml-syntax 1:7-1:8"),
                row("a: [1, 2\nb: 1\n", "yaml-syntax 1:4-1:5"),
                row("a: {b: 1\nc: 2\n", "yaml-syntax 1:4-1:5"),
                row("a: {b: 1\n  c: 2}\n", "yaml-syntax 2:4-2:5"),
                row("a: {b: ${var:x}}\n", "yaml-syntax 1:8-1:16"),
                row("a:\n  b: 1\n c: 2\n", "yaml-syntax 3:2-3:3"),
                row("a:\n    b: 1\n  c: 2\n", "yaml-syntax 3:3-3:4"),
                row("a: 1\nb\nc: 2\n", "yaml-syntax 2:1-2:2"),
                row("a: @x\n", "yaml-syntax 1:4-1:5"),
                row("a: `x`\n", "yaml-syntax 1:4-1:5"),
                row("a: %x\n", "yaml-syntax 1:4-1:5"),
                row("a: - b\n", "yaml-syntax 1:4-1:5"),
                row("a: ]\n", "yaml-syntax 1:4-1:5"),
                row("a: | x\n  y\n", "yaml-syntax 1:6-1:7"),
                row("a: 'x' y\n", "yaml-syntax 1:8-1:9"));
    }

    @Test
    void allFindingsComeAtOnce() {
        assertThat(brief(read("a: !t 1\nb: 1\nb: 2\nc: {<<: 1}\n[x]: 1\n---\n")))
                .containsExactly(
                        "tag 1:4-1:6",
                        "duplicate-key 3:1-3:2",
                        "merge-key 4:5-4:7",
                        "key-not-text 5:1-5:4",
                        "second-document 6:1-6:4");
    }

    @Test
    void aTreeIsThereInSpiteOfADuplicateKey() {
        Document document = read("a: 1\na: 2\n").value().orElseThrow();

        assertThat(document.find("/a").map(n -> ((ScalarNode) n).text())).contains("1");
    }

    @Test
    void hintsNameTheNextAction() {
        assertThat(hint("x: {a: 1}\ny: {<<: 1}")).contains("`vars`");
        assertThat(hint("a:\n" + "\tb: 1\n".repeat(100_000))).contains("99999 more lines");
    }

    @Test
    void otherEncodingsAreRefusedAtTheFirstWrongByte() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("ä: 1\nb: x".getBytes(StandardCharsets.UTF_8));
        bytes.write(0xE4);
        bytes.write("y\nc: ".getBytes(StandardCharsets.UTF_8));
        bytes.write(new byte[] {(byte) 0xF0, (byte) 0x9F});

        assertThat(brief(YamlReader.read("f", bytes.toByteArray())))
                .containsExactly("invalid-utf8 2:5-2:6", "invalid-utf8 3:4-3:5");
        assertThat(YamlReader.read("f", "a: 1\n".getBytes(StandardCharsets.UTF_16))
                        .hasErrors())
                .isTrue();
    }

    @Test
    void theLimitOfSizeIsOneMebibyte() {
        String most = "a: " + "x".repeat((1 << 20) - 3);

        assertThat(read(most).hasErrors()).isFalse();
        assertThat(brief(read(most + "x"))).containsExactly("file-too-large 1:1-1:1");
    }

    @Test
    void theLimitOfNestingIs64Levels() {
        assertThat(read("a: " + "[".repeat(62) + "1" + "]".repeat(62)).hasErrors())
                .isFalse();
        assertThat(brief(read("a: " + "[".repeat(63) + "1" + "]".repeat(63)))).containsExactly("too-deep 1:67-1:68");
        assertThat(brief(read("a: &a " + "[".repeat(40) + "1" + "]".repeat(40) + "\nb: " + "[".repeat(40) + "*a"
                        + "]".repeat(40))))
                .containsExactly("too-deep 2:44-2:46");
    }

    @Test
    void theLimitOfAliasesIs50() {
        assertThat(read("a: &a 1\nb: [" + "*a, ".repeat(50) + "]").hasErrors()).isFalse();
        assertThat(brief(read("a: &a 1\nb: [" + "*a, ".repeat(51) + "]")))
                .containsExactly("too-many-aliases 2:205-2:207");
    }

    @Test
    void aliasesCannotMultiply() {
        StringBuilder text = new StringBuilder("a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8]\n");
        for (int i = 1; i <= 16; i++) {
            text.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(3) + "]\n");
        }

        assertThat(read(text.toString()).diagnostics().all().stream().map(Diagnostic::code))
                .containsExactly("too-many-aliases");
    }

    @Test
    void whatCannotBeReadIsOneFindingAndYamlIsNotAskedAboutItsLine() {
        assertThat(read("a: 1\n" + "\0".repeat(1 << 19)).diagnostics().all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("control-character");
                    assertThat(finding.span().line()).isEqualTo(2);
                    assertThat(finding.span().endColumn()).isEqualTo((1 << 19) + 1);
                });
    }

    @Test
    void findingsAreLimited() {
        assertThat(read("a: {" + "b: 1, ".repeat(100_000) + "}").diagnostics().all())
                .hasSize(YamlReader.MAX_FINDINGS);
        assertThat(read("aa\0".repeat(300_000)).diagnostics().all()).hasSize(YamlReader.MAX_FINDINGS);
        assertThat(hint("a:\n" + "\tb: 1\n".repeat(100_000))).contains("99999 more lines");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileFileCostsLittleTime(String start, String repeated) {
        String text = start + repeated.repeat(((1 << 20) - start.length()) / repeated.length());

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(text));
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                        "[", "{", "- ", "? ", "a: ", "a: [", "[a, ", "{a: 1, ", "{? ", "\"", "'", "\"\\x41", "a\n",
                        "a ", "a: b\n", "&a ", "*a ", "!a ", "# c\n", "#", " ", "\t", "\n", "\r", "|\n", "- |\n", "%",
                        "---\n", "<<: ", "[],", "{},", "a,", "1,", "😀", "x: y: ")
                .flatMap(part -> Stream.of(arguments("", part), arguments("a: [", part)));
    }

    private static String hint(String text) {
        return read(text).diagnostics().all().get(0).hintText().orElseThrow();
    }

    private static Arguments row(String text, String... expected) {
        return arguments(text, List.of(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTF-16",
                "UTF-16BE",
                "UTF-16LE",
                "x-UTF-16LE-BOM",
                "UTF-32",
                "UTF-32LE",
                "X-UTF-32BE-BOM",
                "X-UTF-32LE-BOM"
            })
    void anotherUnicodeIsToldOnceByItsName(String charset) {
        Checked<Document> read = YamlReader.read("f", "name: a\nb: c\n".getBytes(Charset.forName(charset)));
        assertThat(brief(read)).containsExactly("invalid-utf8 1:1-1:1");
        assertThat(read.diagnostics().all().get(0).message())
                .isEqualTo("The file is UTF-" + (charset.contains("32") ? 32 : 16) + ", not UTF-8.");
    }

    @Test
    void aKeyIsReadWithoutTheCharactersThatWereRefusedInIt() {
        Checked<Document> read = read("na\0me: a\nb: {\0: 1}\n");
        assertThat(brief(read)).containsExactly("control-character 1:3-1:4", "control-character 2:5-2:6");
        assertThat(read.value().orElseThrow().root().keys()).containsExactly("name", "b");
        assertThat(read("\uFFFD: 1\n").value().orElseThrow().root().keys()).containsExactly("\uFFFD");
    }

    @Test
    void halfACharacterIsRefusedHoweverItIsWritten() {
        assertThat(brief(read("a: \"\\uD83D\"\nb: \"\\uD83D\\uDE00\"\nc: \"\\uDE00\"\n")))
                .containsExactly("lone-surrogate 1:4-1:12", "lone-surrogate 3:4-3:12");
        assertThat(brief(read("\"\\uDE00\": 1\n"))).containsExactly("lone-surrogate 1:1-1:9");
    }
}
