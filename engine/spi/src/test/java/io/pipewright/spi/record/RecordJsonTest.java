package io.pipewright.spi.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

    @Test
    void whatARecordKeepsStandsBehindItsFieldsUnlessOneHasItsName() {
        RecordType inner = RecordType.of("Inner", KeptFields.FIELD);
        RecordType type = RecordType.of(
                "Event",
                Field.of("id", Scalar.INT),
                KeptFields.FIELD,
                Field.nullable("inner", inner),
                MetaField.OFFSET.field());
        Map<String, String> kept = new LinkedHashMap<>();
        kept.put("n", "1.50");
        kept.put("id", "7");
        kept.put("b\"", "[ 1 ]");
        DataRecord record = DataRecord.of(1, kept, DataRecord.of(Map.of("a", "{}")), 5L);
        String json = "{\"id\":1,\"inner\":{\"a\":{}},\"n\":1.50,\"b\\\"\":[ 1 ]}";
        assertThat(new RecordJson(type, TimestampFormat.ISO).text(record)).isEqualTo(json);
        assertThat(RecordJson.write(type, record)).isEqualTo(json);
        DataRecord nothing = DataRecord.of(1, null, DataRecord.of((Object) null), 5L);
        assertThat(RecordJson.write(type, nothing)).isEqualTo("{\"id\":1,\"inner\":{}}");
    }

    @Test
    void writesEveryTypeInTheOrderOfTheFields() {
        RecordType inner = RecordType.of("Inner", Field.of("x", Scalar.INT), Field.nullable("y", Scalar.STRING));
        RecordType type = RecordType.of(
                "All",
                Field.of("text", Scalar.STRING),
                Field.of("yes", Scalar.BOOLEAN),
                Field.of("int", Scalar.INT),
                Field.of("long", Scalar.LONG),
                Field.of("double", Scalar.DOUBLE),
                Field.of("decimal", Scalar.DECIMAL),
                Field.of("bytes", Scalar.BYTES),
                Field.of("date", Scalar.DATE),
                Field.of("time", Scalar.TIMESTAMP),
                Field.of("length", Scalar.DURATION),
                Field.of("json", Scalar.JSON),
                Field.of("list", new ListType(Scalar.STRING)),
                Field.of("map", new MapType(Scalar.LONG)),
                Field.of("inner", inner),
                Field.nullable("none", Scalar.STRING));
        DataRecord record = DataRecord.of(
                "a",
                true,
                -1,
                1L << 60,
                1.5,
                new BigDecimal("1E+3"),
                new byte[] {1, 2, -1},
                LocalDate.of(2024, 2, 29),
                Instant.parse("2024-02-29T12:00:01Z"),
                Duration.ofSeconds(90),
                "{\"k\": [1]}",
                List.of("x", "y"),
                Map.of("k", 1L),
                DataRecord.of(1, null),
                null);
        String json = "{\"text\":\"a\",\"yes\":true,\"int\":-1,\"long\":1152921504606846976,\"double\":1.5,"
                + "\"decimal\":1000,\"bytes\":\"AQL/\",\"date\":\"2024-02-29\",\"time\":\"2024-02-29T12:00:01.000Z\","
                + "\"length\":\"PT1M30S\",\"json\":{\"k\": [1]},\"list\":[\"x\",\"y\"],\"map\":{\"k\":1},"
                + "\"inner\":{\"x\":1,\"y\":null},\"none\":null}";

        assertThat(RecordJson.write(type, record)).isEqualTo(json);
        assertThat(new RecordJson(type, TimestampFormat.ISO).text(record)).isEqualTo(json);
    }

    @Test
    void writesEmptyThings() {
        RecordType type = RecordType.of(
                "E", Field.of("list", new ListType(Scalar.INT)), Field.of("map", new MapType(Scalar.INT)));

        assertThat(RecordJson.write(type, DataRecord.of(List.of(), Map.of()))).isEqualTo("{\"list\":[],\"map\":{}}");
        assertThat(RecordJson.write(RecordType.of("None"), DataRecord.of())).isEqualTo("{}");
    }

    @Test
    void escapesWhatJsonForbidsAndHalfPairs() {
        assertThat(text("a\"b\\c\n\r\t\u0000\u001fé😀/")).isEqualTo("\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u001fé😀/\"");
        assertThat(text("x\ud83d")).isEqualTo("\"x\\ud83d\"");
        assertThat(text("\ude00\ud83d\ud83d\ude00")).isEqualTo("\"\\ude00\\ud83d\ud83d\ude00\"");
    }

    @Test
    void writesTimesAsFineAsTheyAre() {
        assertThat(time("2024-01-02T03:04:05.006Z", TimestampFormat.ISO)).isEqualTo("\"2024-01-02T03:04:05.006Z\"");
        assertThat(time("2024-01-02T03:04:05.006007Z", TimestampFormat.ISO))
                .isEqualTo("\"2024-01-02T03:04:05.006007Z\"");
        assertThat(time("0001-01-01T00:00:00Z", TimestampFormat.ISO)).isEqualTo("\"0001-01-01T00:00:00.000Z\"");
        assertThat(time("1970-01-01T00:00:01.500Z", TimestampFormat.MILLIS)).isEqualTo("1500");
        assertThat(time("1969-12-31T23:59:59.999500Z", TimestampFormat.MILLIS)).isEqualTo("-0.5");
        assertThat(time("1970-01-01T00:00:01.500Z", TimestampFormat.SECONDS)).isEqualTo("1.5");
        assertThat(time("1970-01-01T00:01:40Z", TimestampFormat.SECONDS)).isEqualTo("100");
        assertThat(time("1970-01-01T00:00:00.000001Z", TimestampFormat.MICROS)).isEqualTo("1");
        assertThat(time("1970-01-01T00:00:00Z", TimestampFormat.SECONDS)).isEqualTo("0");
    }

    @Test
    void keepsOddNumbersReadable() {
        assertThat(value(Scalar.DOUBLE, Double.NaN)).isEqualTo("\"NaN\"");
        assertThat(value(Scalar.DOUBLE, Double.NEGATIVE_INFINITY)).isEqualTo("\"-Infinity\"");
        assertThat(value(Scalar.DECIMAL, new BigDecimal("1E+100000"))).isEqualTo("1E+100000");
        assertThat(value(Scalar.DECIMAL, new BigDecimal("0.0000001"))).isEqualTo("0.0000001");
    }

    private static String text(String text) {
        return value(Scalar.STRING, text);
    }

    private static String value(Scalar type, Object value) {
        StringBuilder out = new StringBuilder();
        RecordJson.appendValue(out, type, value, TimestampFormat.ISO);
        return out.toString();
    }

    private static String time(String instant, TimestampFormat format) {
        StringBuilder out = new StringBuilder();
        RecordJson.appendValue(out, Scalar.TIMESTAMP, Instant.parse(instant), format);
        return out.toString();
    }
}
