package io.pipewright.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestTest {
    private static final List<String> OPTIONS = List.of("type", "size", "slide", "offset", "zone", "by", "keyBy");

    @ParameterizedTest
    @CsvSource({
        "slde, slide", // a letter left out
        "sliide, slide", // one too many
        "slidr, slide", // another one
        "silde, slide", // two swapped
        "fofset, offset",
        "OFFSET, offset", // case alone
        "keyby, keyBy",
        "b, by", // short: one edit
        "yb, by",
        "siez, size",
        "sizes, size"
    })
    void theNearestNameIsFound(String wrong, String expected) {
        assertThat(Suggest.nearest(wrong, OPTIONS)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"window", "xx", "a", "allowedLateness", "ofst99"})
    void nothingNearIsNoSuggestion(String wrong) {
        assertThat(Suggest.nearest(wrong, OPTIONS)).isEmpty();
    }

    @Test
    void ofEquallyNearNamesTheFirstWins() {
        assertThat(Suggest.nearest("cat", List.of("car", "cab"))).contains("car");
        assertThat(Suggest.nearest("cat", List.of("cars", "cab"))).contains("cab");
    }

    @Test
    void aHintNamesTheNearestAndAll() {
        assertThat(Suggest.hint("slde", "Options", List.of("size", "slide")))
                .isEqualTo("did you mean `slide`? Options: size, slide.");
        assertThat(Suggest.hint("wat", "Options", List.of("size", "slide"))).isEqualTo("options: size, slide.");
        assertThat(Suggest.hint("wat", "Options", List.of())).isEmpty();
    }

    @Test
    void aVeryLongNameCostsNothing() {
        assertThat(Suggest.nearest("x".repeat(1_000_000), OPTIONS)).isEmpty();
    }

    @Test
    void aLetterThatLooksRightIsNamed() {
        assertThat(Suggest.didYouMean("n\u0430m\u0435", List.of("type", "name")))
                .contains("did you mean `name`? Its character 2 is `\u0430`, CYRILLIC SMALL LETTER A (U+0430).");
        assertThat(Suggest.didYouMean("na\u200Bme", List.of("name")))
                .contains("did you mean `name`? Its character 3 is ZERO WIDTH SPACE (U+200B).");
        assertThat(Suggest.didYouMean("gr\u00f6\u00dfe", List.of("grosse", "grope")))
                .contains("did you mean `grope`?");
        assertThat(Suggest.nearest("\u0438\u043c\u044f", List.of("key"))).isEmpty();
    }
}
