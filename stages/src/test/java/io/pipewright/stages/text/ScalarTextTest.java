package io.pipewright.stages.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarTextTest {

    @ParameterizedTest
    @CsvSource({
        "INT, 007, 7",
        "INT, -2147483648, -2147483648",
        "LONG, 9223372036854775807, 9223372036854775807",
        "LONG, 00000000000000000000005, 5",
        "DOUBLE, 1e-3, 0.001",
        "DOUBLE, -0, -0.0",
        "DOUBLE, 9007199254740992, 9.007199254740992E15",
        "DOUBLE, -Infinity, -Infinity",
        "DECIMAL, 1.50, 1.50",
        "BOOLEAN, true, true",
        "DATE, 2024-02-29, 2024-02-29",
        "DURATION, PT1M30S, PT1M30S",
    })
    void readsWhatTheTypeHoldsExactly(Scalar type, String text, String value) {
        assertThat(ScalarText.read(text, type, TimestampFormat.ISO)).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource({
        "INT, +1",
        "INT, 1.0",
        "INT, 1e3",
        "INT, -",
        "INT, ''",
        "INT, ' 1'",
        "INT, ١",
        "LONG, x",
        "DOUBLE, .5",
        "DOUBLE, 1.",
        "DOUBLE, 0x10",
        "DOUBLE, 1d",
        "DOUBLE, nan",
        "DECIMAL, 1e",
        "BOOLEAN, TRUE",
        "BOOLEAN, 1",
        "BYTES, '*'",
        "DATE, 2023-02-29",
        "DURATION, 90",
        "TIMESTAMP, 2024-01-01T00:00:00",
    })
    void refusesWhatIsAnotherNotation(Scalar type, String text) {
        assertThat(ScalarText.read(text, type, TimestampFormat.ISO))
                .isInstanceOfSatisfying(
                        Unreadable.class, why -> assertThat(why.code()).isEqualTo("wrong-type"));
    }

    @ParameterizedTest
    @CsvSource({
        "INT, 2147483648, ISO",
        "LONG, 9223372036854775808, ISO",
        "DOUBLE, 1e400, ISO",
        "DOUBLE, 1e-400, ISO",
        "DOUBLE, 9007199254740993, ISO",
        "DECIMAL, 1e99999, ISO",
        "DECIMAL, 1e99999999999, ISO",
        "TIMESTAMP, 2024-01-01T00:00:00.0000001Z, ISO",
        "TIMESTAMP, 0.0001, MILLIS",
        "TIMESTAMP, 0.1, MICROS",
        "TIMESTAMP, 253402300800, SECONDS",
        "TIMESTAMP, 999999999999999999, MILLIS",
        "TIMESTAMP, 1e900, MICROS",
    })
    void refusesWhatWouldBeRoundedOrCut(Scalar type, String text, TimestampFormat format) {
        assertThat(ScalarText.read(text, type, format))
                .isInstanceOfSatisfying(
                        Unreadable.class, why -> assertThat(why.code()).isEqualTo("out-of-range"));
    }

    @Test
    void readsTimestampsInEachFormat() {
        assertThat(ScalarText.read("1500", Scalar.TIMESTAMP, TimestampFormat.MILLIS))
                .isEqualTo(Instant.ofEpochMilli(1500));
        assertThat(ScalarText.read("-0.000001", Scalar.TIMESTAMP, TimestampFormat.SECONDS))
                .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
        assertThat(ScalarText.read("1500.001", Scalar.TIMESTAMP, TimestampFormat.MILLIS))
                .isEqualTo(Instant.parse("1970-01-01T00:00:01.500001Z"));
        assertThat(ScalarText.read("1500001", Scalar.TIMESTAMP, TimestampFormat.MICROS))
                .isEqualTo(Instant.parse("1970-01-01T00:00:01.500001Z"));
        assertThat(ScalarText.read("2024-05-31T14:00:00+02:00", Scalar.TIMESTAMP, TimestampFormat.ISO))
                .isEqualTo(Instant.parse("2024-05-31T12:00:00Z"));
        assertThat(ScalarText.read("00001.50", Scalar.DECIMAL, TimestampFormat.ISO))
                .isEqualTo(new BigDecimal("1.50"));
    }
}
