package io.pipewright.spi.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @Test
    void aNumberARangeAndAnOpenRangeAreRead() {
        assertThat(Times.parse("3")).contains(new Times(3, 3));
        assertThat(Times.parse("2..4")).contains(new Times(2, 4));
        assertThat(Times.parse("1..")).contains(new Times(1, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "..3", "4..2", "-1", "1...3", "1 .. 3", "3x", "1234567890", "three"})
    void nothingElseIsRead(String text) {
        assertThat(Times.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "2..4", "1..", "0..1"})
    void whatIsReadIsWrittenInTheSameWay(String text) {
        assertThat(Times.parse(text).orElseThrow().text()).isEqualTo(text);
    }

    @Test
    void aRangeDoesNotCountDown() {
        assertThatThrownBy(() -> new Times(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
