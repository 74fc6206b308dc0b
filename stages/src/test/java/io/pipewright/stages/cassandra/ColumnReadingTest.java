package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.Scalar;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnReadingTest {

    private static ColumnReading timestamp(String column, TimestampFormat format) {
        DeclaredField field = new DeclaredField(Field.of("at", Scalar.TIMESTAMP), List.of("at"), format);
        return ColumnReading.between(CqlType.of(column), field).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "MILLIS, -62135596800000, 0001-01-01T00:00:00Z",
        "SECONDS, 253402300799, 9999-12-31T23:59:59Z",
        "MICROS, -1, 1969-12-31T23:59:59.999999Z"
    })
    void aNumberIsWhatTheFormatSays(TimestampFormat format, long number, Instant moment) {
        assertThat(timestamp("bigint", format).read(number)).isEqualTo(moment);
    }

    @ParameterizedTest
    @CsvSource({"SECONDS, 253402300800", "MILLIS, 9223372036854775807", "SECONDS, -9223372036854775808"})
    void aNumberBeyondTheYearsOfATimestampIsRefused(TimestampFormat format, long number) {
        assertRefused(timestamp("bigint", format), number);
    }

    @Test
    void aTimestampBeyondTheYearsOfOursIsRefused() {
        ColumnReading reading = timestamp("timestamp", TimestampFormat.MILLIS);
        Instant now = Instant.parse("2024-05-01T12:00:00.250Z");
        assertThat(reading.read(now)).isEqualTo(now);
        assertRefused(reading, Instant.ofEpochMilli(Long.MIN_VALUE));
    }

    private static void assertRefused(ColumnReading reading, Object value) {
        assertThatThrownBy(() -> reading.read(value))
                .isInstanceOfSatisfying(
                        EvaluationException.class, e -> assertThat(e.code()).isEqualTo("overflow"));
    }
}
