package io.pipewright.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrettyFormatterTest {
    private final PrettyFormatter formatter = new PrettyFormatter();

    @Test
    void theFormIsThatOfTheLanguageReference() {
        Source source = Source.of("pipelines/cxone.yaml", "\n".repeat(56) + "      slde: 1m\n");

        String text = formatter.format(Diagnostic.error(
                "unknown-option",
                Span.of(source, 57, 7, 11),
                "`slde` is not an option of `window`.",
                "did you mean `slide`? Options: type, size, slide, offset, zone."));

        assertThat(text)
                .isEqualTo(
                        """
                        pipelines/cxone.yaml:57:7: error[unknown-option]: `slde` is not an option of `window`.
                           57 |       slde: 1m
                              |       ^^^^ did you mean `slide`? Options: type, size, slide, offset, zone.""");
    }

    @Test
    void aFindingWithoutHintEndsWithTheCarets() {
        assertThat(show("a: b", 1, 4, 5, null)).isEqualTo("    1 | a: b\n      |    ^");
    }

    @Test
    void aPlaceWithoutExtentGetsOneCaret() {
        assertThat(show("a:", 1, 3, 3, "write a value.")).isEqualTo("    1 | a:\n      |   ^ write a value.");
    }

    @Test
    void aLineNumberOfSixDigitsWidensTheGutter() {
        Source source = Source.of("f", "\n".repeat(123_455) + "x");

        assertThat(body(Diagnostic.error("c", Span.of(source, 123_456, 1, 2), "m.", "h")))
                .isEqualTo("123456 | x\n       | ^ h");
    }

    @Test
    void tabsAndFullWidthCharactersKeepTheCaretUnderTheSpan() {
        assertThat(show("\tk: x", 1, 5, 6, null)).isEqualTo("    1 |     k: x\n      |        ^");
        assertThat(show("名前: x", 1, 5, 6, null)).isEqualTo("    1 | 名前: x\n      |       ^");
        assertThat(show("名前: x", 1, 1, 3, null)).isEqualTo("    1 | 名前: x\n      | ^^^^");
        assertThat(show("e\u0301: x", 1, 5, 6, null)).isEqualTo("    1 | e\u0301: x\n      |    ^");
        assertThat(show("😀: x", 1, 4, 5, null)).isEqualTo("    1 | 😀: x\n      |     ^");
    }

    @Test
    void aControlCharacterNeverReachesTheTerminal() {
        assertThat(show("a\u001b[31m: x", 1, 1, 2, null)).isEqualTo("    1 | a\uFFFD[31m: x\n      | ^");
    }

    @Test
    void whatNobodySeesOrWhatTurnsTheTextIsShownAsAReplacement() {
        assertThat(show("a\u200B\u202E: x", 1, 5, 6, null)).isEqualTo("    1 | a\uFFFD\uFFFD: x\n      |     ^");
    }

    @Test
    void messageHintAndNameAreOnTheirLinesAndVisible() {
        Source source = Source.of("a\u001b[2J\n.yaml", "x");
        String text = formatter.format(Diagnostic.error(
                "c", Span.of(source, 1, 1, 2), "`\r\u001b[31m\u202E\uD800` is wrong.", "no \u0007\r\n`\u009b`"));

        assertThat(text)
                .isEqualTo(
                        """
                        a\\u001B[2J\\u000A.yaml:1:1: error[c]: `\\u000D\\u001B[31m\\u202E\\uD800` is wrong.
                            1 | x
                              | ^ no \\u0007
                              | `\\u009B`""");
    }

    @Test
    void aWordOfAMebibyteIsShortened() {
        String text = formatter.format(Diagnostic.error(
                "c", Span.startOf(Source.named("f")), "`" + "😀".repeat(1 << 20) + "` is wrong.", null));

        assertThat(text).hasSizeLessThan(10_000).contains("😀…😀").endsWith("😀` is wrong.");
    }

    @Test
    void aLongLineIsCutAroundTheSpan() {
        String line = "k: " + "a".repeat(300) + "HERE" + "b".repeat(300);

        String[] shown = show(line, 1, 304, 308, "hint").split("\n");

        assertThat(shown[0]).startsWith("    1 | …aaa").endsWith("bbb…").hasSize(8 + 120);
        int caret = shown[1].indexOf('^');
        assertThat(shown[0].substring(caret, caret + 4)).isEqualTo("HERE");
        assertThat(shown[1]).endsWith("^^^^ hint");
    }

    @Test
    void aLongSpanIsMarkedAsFarAsItIsShown() {
        String[] shown = show("a".repeat(500), 1, 1, 501, null).split("\n");

        assertThat(shown[0]).isEqualTo("    1 | " + "a".repeat(119) + "…");
        assertThat(shown[1]).isEqualTo("      | " + "^".repeat(119));
    }

    @Test
    void aSpanOverSeveralLinesShowsItsFirst() {
        Source source = Source.of("f", "a:\n  b: 1  \n  c: 2\n");
        Span span = new Span(source, new Position(2, 3), new Position(3, 7));

        assertThat(body(Diagnostic.error("c", span, "m.", null))).isEqualTo("    2 |   b: 1\n      |   ^^^^");
    }

    @Test
    void theLinesOfALongHintStandUnderEachOther() {
        assertThat(show("ab: x", 1, 5, 6, "write\n  'x'"))
                .isEqualTo("    1 | ab: x\n      |     ^ write\n      |       'x'");
    }

    @Test
    void aSourceWithoutTextShowsTheHintAlone() {
        Diagnostic diagnostic = Diagnostic.error(
                "unreadable-file",
                Span.startOf(Source.named("no.yaml")),
                "The file does not exist.",
                "check the path.");

        assertThat(formatter.format(diagnostic))
                .isEqualTo(
                        """
                        no.yaml:1:1: error[unreadable-file]: The file does not exist.
                              | check the path.""");
    }

    @Test
    void severalFindingsAreParted() {
        Source source = Source.of("f", "a\nb");
        Diagnostics both = Diagnostics.of(
                Diagnostic.warning("two", Span.of(source, 2, 1, 2), "Second.", null),
                Diagnostic.error("one", Span.of(source, 1, 1, 2), "First.", null));

        assertThat(formatter.format(both))
                .isEqualTo(
                        """
                        f:1:1: error[one]: First.
                            1 | a
                              | ^

                        f:2:1: warning[two]: Second.
                            2 | b
                              | ^
                        """);
        assertThat(formatter.format(Diagnostics.none())).isEmpty();
    }

    private String show(String line, int at, int column, int endColumn, String hint) {
        return body(Diagnostic.error("c", Span.of(Source.of("f", line), at, column, endColumn), "m.", hint));
    }

    private String body(Diagnostic diagnostic) {
        String text = formatter.format(diagnostic);
        return text.substring(text.indexOf('\n') + 1);
    }
}
