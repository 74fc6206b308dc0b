package io.pipewright.spi.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "a,          true,  true",
        "channel,    true,  true",
        "byChannel2, true,  true",
        "Channel,    true,  false",
        "_,          true,  false",
        "by_channel, true,  false",
        "_1,         true,  false",
        "'',         false, false",
        "1a,         false, false",
        "a-b,        false, false",
        "a b,        false, false",
        "'a ',       false, false",
        "ä,          false, false",
        "а,          false, false", // Cyrillic
        "a.b,        false, false",
        "@has,       false, false",
    })
    void namesOfFieldsAndIds(String text, boolean identifier, boolean id) {
        assertThat(Names.isIdentifier(text)).isEqualTo(identifier);
        assertThat(Names.isId(text)).isEqualTo(id);
    }
}
