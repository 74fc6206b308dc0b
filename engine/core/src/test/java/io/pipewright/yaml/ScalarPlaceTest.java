package io.pipewright.yaml;

import static io.pipewright.yaml.YamlReaderTest.document;
import static io.pipewright.yaml.YamlReaderTest.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Span;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScalarPlaceTest {

    /** In each the expression holds `bad` once; the place is that of the word. */
    @ParameterizedTest
    @MethodSource("written")
    void thePlaceOfAWordIsExact(String yaml, String place) {
        ScalarNode scalar = where(document(yaml));

        int offset = scalar.text().indexOf("bad");
        Span span = scalar.spanOf(offset, offset + 3);
        assertThat(span.start()).hasToString(place);
        assertThat(span.text()).isEqualTo("bad");
        assertThat(scalar.positionOf(offset)).isEqualTo(span.start());
    }

    static Stream<Arguments> written() {
        return Stream.of(
                arguments("where: a == bad", "1:13"),
                arguments("x: {where:   a == bad && c}", "1:19"),
                arguments("where: a ==\n   bad  && c", "2:4"),
                arguments("where: a ==\n\n   b\n\n\n     bad  && c", "6:6"),
                arguments("where: &w bad", "1:11"),
                arguments("where: 'a == bad'", "1:14"),
                arguments("where: 'it''s '' == bad'", "1:21"),
                arguments("where: 'a\n  b ''\n\n  bad'", "4:3"),
                arguments("where: \"a == bad\"", "1:14"),
                arguments("where: \"\\\"a\\\" == bad\"", "1:18"),
                arguments("where: \"\\x41\\u00e9\\U0001F600 bad\"", "1:30"),
                arguments("where: \"\\ud83d\\ude00 bad\"", "1:22"),
                arguments("where: \"😀 bad\"", "1:11"),
                arguments("where: \"a \\\n    b \\\n\n   bad\"", "4:4"),
                arguments("where: \"a  \n\n\n    bad\"", "4:5"),
                arguments("where: |\n  a\n  && bad\n", "3:6"),
                arguments("where: |-\n  a\n\n\n    && bad\n", "5:8"),
                arguments("where: |+  # why\n  a\n  bad\n\n\n", "3:3"),
                arguments("where: |2\n    a\n  bad\n", "3:3"),
                arguments("where: |4\n      a\n     bad\n", "3:6"),
                arguments("where: >\n  a\n  && bad\n", "3:6"),
                arguments("where: >-\n\n\n  a\n\n\n  b\n    c\n\n  bad x\n\n", "10:3"),
                arguments("where: >\n  a\n    more\n    more\n  && bad\n", "5:6"),
                arguments("where: >\r\n  a\r\n\r\n  && bad\r\n", "4:6"),
                arguments("x:\n- where: >2-\n      a\n      bad\n", "4:7"),
                arguments("where: |\n\ta\n".replace("\t", "   ") + "   \tbad", "3:5"));
    }

    @Test
    void theEndOfTheTextIsTheEndOfTheContent() {
        assertThat(where(document("where: 'ab'")).positionOf(2)).hasToString("1:11");
        assertThat(where(document("where: ab")).positionOf(2)).hasToString("1:10");
        assertThat(where(document("where:\n")).positionOf(0)).hasToString("1:7");
        assertThat(where(document("where: ''\n")).positionOf(0)).hasToString("1:9");
        assertThat(where(document("where: |\n  ab\n\n")).positionOf(2)).hasToString("2:5");
        assertThat(where(document("where: |\n  ab\n\n")).positionOf(3)).hasToString("2:5");
        assertThat(where(document("where: |\n\nx: 1")).positionOf(0)).hasToString("1:9");
    }

    @Test
    void anEscapeStandsAtItsBackslash() {
        assertThat(where(document("where: \"a\\tb\"")).positionOf(1)).hasToString("1:10");
        assertThat(where(document("where: \"a\\tb\"")).positionOf(2)).hasToString("1:12");
    }

    /** Whatever the style, a visible character of the text is the one at its place. */
    @Test
    void placesHoldForAnyScalar() {
        Random random = new Random(42);
        String[] parts = {
            "a", "b", " ", "  ", "\n", "\n  ", "\n   ", "\n    ", "\n\n", "''", "é", "😀", "\\\"", "\\n", "\\\n", "\t",
            "#", "x:"
        };
        int checked = 0;
        for (int round = 0; round < 60_000; round++) {
            StringBuilder content = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                content.append(parts[random.nextInt(parts.length)]);
            }
            String[] openings = {"", "'", "\"", "|\n  ", ">\n  ", "|-\n  ", ">+\n  ", ">2\n   ", "|\n\n  "};
            String opening = openings[random.nextInt(openings.length)];
            String closing = opening.equals("'") || opening.equals("\"") ? opening : "";
            String yaml = "where: " + opening + content + closing + "\n";
            if (random.nextInt(3) == 0) {
                yaml = yaml.replace("\n", "\r\n");
            }
            Checked<Document> result = read(yaml);
            boolean isText = result.value()
                    .flatMap(document -> document.root().text("where"))
                    .filter(text -> !text.isBlank())
                    .isPresent();
            if (!result.hasErrors() && isText) {
                assertPlaces(where(result.orElseThrow()), yaml);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(15_000);
    }

    private static void assertPlaces(ScalarNode scalar, String yaml) {
        ScalarLayout layout = ScalarLayout.of(scalar.span().text(), scalar.text(), scalar.style());
        String raw = scalar.span().text();
        int previous = -1;
        for (int i = 0; i < scalar.text().length(); i++) {
            int place = layout.rawIndex(i);
            char c = scalar.text().charAt(i);
            assertThat(place).as(yaml).isLessThanOrEqualTo(raw.length()).isGreaterThanOrEqualTo(previous);
            previous = place;
            if (place < raw.length() && raw.charAt(place) == '\\' && scalar.style() == ScalarStyle.DOUBLE_QUOTED) {
                assertThat(c).as(yaml).isIn('"', '\n');
            } else if (place == raw.length()) {
                assertThat(scalar.text().substring(i)).as(yaml).matches("\n+");
            } else if (c == '\n' || (c == ' ' && raw.charAt(place) != ' ')) {
                assertThat(raw.charAt(place)).as(yaml).isIn('\n', '\r');
            } else {
                assertThat(raw.charAt(place)).as(yaml).isEqualTo(c);
            }
        }
    }

    private static ScalarNode where(Document document) {
        return document.find("/where")
                .or(() -> document.find("/x/where"))
                .or(() -> document.find("/x/0/where"))
                .map(ScalarNode.class::cast)
                .orElseThrow();
    }
}
