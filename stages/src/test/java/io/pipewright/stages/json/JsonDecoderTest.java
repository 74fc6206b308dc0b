package io.pipewright.stages.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** A table of cases, long because each way in which a message can be wrong has its line, and all share one record. */
class JsonDecoderTest {

    private static final DeclaredRecord EVENT = DeclaredRecord.of(RecordType.of(
            "Event",
            Field.of("id", Scalar.STRING),
            Field.nullable("channel", Scalar.STRING),
            Field.of("timestamp", Scalar.TIMESTAMP),
            Field.nullable("cost", Scalar.LONG)));

    @Test
    void storesTheMaterialisedFieldsInTheirOrder() throws Exception {
        RecordType used = EVENT.type().project(List.of("timestamp", "id"));
        JsonDecoder decoder = InstantiationUtil.clone(new JsonDecoder(EVENT, used));
        Origin origin = new Origin("events", 1, 2);

        Decoded decoded = decoder.decode(
                utf8("{\"x\":[{}], \"timestamp\":1500, \"cost\":1, \"id\":\"é\\u00e9\\ud83d\\ude00\"}"), origin);

        DataRecord record = ((Decoded.Ok) decoded).record();
        assertThat(record).isEqualTo(DataRecord.of("éé😀", Instant.ofEpochMilli(1500)));
        assertThat(record.origin()).isSameAs(origin);
    }

    @Test
    void checksFieldsThatNobodyUses() {
        JsonDecoder decoder = new JsonDecoder(EVENT, RecordType.of("Event"));

        assertMalformed(decoder, "{\"timestamp\":1}", "missing-field", "Field `id` is missing.");
        assertMalformed(
                decoder, "{\"id\":null,\"timestamp\":1}", "missing-field", "Field `id` must be a string, but is null.");
        assertMalformed(
                decoder,
                "{\"id\":7,\"timestamp\":1}",
                "wrong-type",
                "Field `id` must be a string, but is the number 7.");
        assertMalformed(
                decoder,
                "{\"id\":\"\\ud800\",\"timestamp\":1}",
                "malformed-json",
                "Field `id` holds half of a surrogate pair, which is no text.");
    }

    @Test
    void leavesWhatIsMissingOrNullNull() {
        JsonDecoder decoder = new JsonDecoder(EVENT, EVENT.type());

        assertThat(decoder.decode(utf8("{\"id\":\"a\",\"timestamp\":0,\"cost\":null}"), null))
                .isEqualTo(new Decoded.Ok(DataRecord.of("a", null, Instant.EPOCH, null)));
    }

    @Test
    void refusesWhatIsNotOneObject() {
        JsonDecoder decoder = new JsonDecoder(EVENT, EVENT.type());
        String whole = "{\"id\":\"a\",\"timestamp\":0}";

        assertMalformed(decoder, "", "malformed-json", "The message is empty.");
        assertMalformed(decoder, "[1]", "wrong-type", "The message must be an object, but is an array.");
        assertMalformed(decoder, whole + "{}", "malformed-json", "The text goes on after the end of the JSON object.");
        assertMalformed(decoder, whole + " x", "malformed-json", null);
        assertMalformed(
                decoder,
                whole.substring(0, 12),
                "malformed-json",
                "The text is not JSON: it ends too early, at byte 12.");
        assertMalformed(
                decoder, "{\"id\":\"a\",\"id\":\"b\",\"timestamp\":0}", "malformed-json", "Field `id` occurs twice.");
        assertMalformed(
                decoder,
                "{\0\"\0",
                "malformed-json",
                "The text is not JSON, near byte 1: a key in double quotes must come here.");
        assertMalformed(decoder, "{\"id\":\"a\0\",\"timestamp\":0}", "malformed-json", null);
        assertMalformed(decoder, "{\"id\":NaN,\"timestamp\":0}", "malformed-json", null);
        assertOk(decoder, "\ufeff" + whole);
        assertOk(decoder, "{\"x\":1,\"x\":2," + whole.substring(1));
    }

    @Test
    void knowsAKeyByWhatItSaysNotByHowItIsWritten() {
        DeclaredRecord declared = DeclaredRecord.of(
                RecordType.of("Quoted", Field.nullable("a\"b", Scalar.LONG), Field.nullable("c", Scalar.LONG)));
        JsonDecoder decoder = new JsonDecoder(declared, declared.type());

        for (int i = 0; i < 3; i++) { // the keys of the message before are expected again
            assertThat(decoder.decode(utf8("{\"a\\\"b\":1,\"\\u0063\":2}"), null))
                    .isEqualTo(new Decoded.Ok(DataRecord.of(1L, 2L)));
            assertThat(decoder.decode(utf8("{\"c\" : 2 , \"d\" : 3 , \"a\\u0022b\" : 1}"), null))
                    .isEqualTo(new Decoded.Ok(DataRecord.of(1L, 2L)));
            assertMalformed(decoder, "{\"a\"b\":1}", "malformed-json", null);
            assertMalformed(decoder, "{\"c\":1,\"\\u0063\":2}", "malformed-json", "Field `c` occurs twice.");
            assertMalformed(decoder, "{\"c\" 1}", "malformed-json", null);
        }
    }

    @Test
    void remembersNoMoreOfMadeUpKeysThanAFew() {
        JsonDecoder decoder = new JsonDecoder(EVENT, EVENT.type());

        for (int i = 0; i < 10_000; i++) {
            assertThat(decoder.decode(utf8("{\"key" + i + "\":[" + i + "],\"id\":\"a\",\"timestamp\":0}"), null))
                    .isInstanceOf(Decoded.Ok.class);
        }
    }

    @Test
    void findsEveryKindOfDamageInWhatNobodyReads() {
        JsonDecoder decoder = new JsonDecoder(DeclaredRecord.of(RecordType.of("None")), RecordType.of("None"));
        List<String> damaged = List.of(
                "01",
                "1.",
                "1.e5",
                "-",
                "+1",
                ".5",
                "1e",
                "1e+",
                "tru",
                "nul",
                "[1,]",
                "[,]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u12\"",
                "\"a",
                "\"\t\"",
                "'a'",
                "[1 2]",
                "{\"a\":1]",
                "");

        for (String value : damaged) {
            assertMalformed(decoder, "{\"x\":" + value + "}", "malformed-json", null);
            if (!value.isEmpty()) {
                assertMalformed(decoder, "{\"x\":[[" + value + "]]}", "malformed-json", null);
            }
        }
    }

    @Test
    void boundsNestingAndNumbers() {
        JsonDecoder decoder = new JsonDecoder(DeclaredRecord.of(RecordType.of("None")), RecordType.of("None"));

        assertOk(decoder, "{\"x\":" + "[".repeat(511) + "]".repeat(511) + "}");
        assertMalformed(
                decoder,
                "{\"x\":" + "[".repeat(100_000),
                "malformed-json",
                "The JSON is nested deeper than 512 levels.");
        assertOk(decoder, "{\"x\":" + "1".repeat(1000) + "}");
        assertMalformed(
                decoder,
                "{\"x\":" + "1".repeat(1001) + "}",
                "malformed-json",
                "A number is longer than 1000 characters.");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        JsonDecoder decoder = new JsonDecoder(DeclaredRecord.of(RecordType.of("None")), RecordType.of("None"));
        int[][] bad = {
            {0xFF}, {0xC0, 0xAF}, {0xE0, 0x80, 0x80}, {0xED, 0xA0, 0x80}, {0xF4, 0x90, 0x80, 0x80}, {0xE2, 0x82}
        };

        for (int[] sequence : bad) {
            byte[] bytes = utf8("{\"skipped text\": \"" + "x".repeat(sequence.length) + "\"}");
            for (int i = 0; i < sequence.length; i++) {
                bytes[18 + i] = (byte) sequence[i];
            }
            Decoded.Malformed malformed = (Decoded.Malformed) decoder.decode(bytes, null);
            assertThat(malformed.code()).isEqualTo("invalid-utf8");
            assertThat(malformed.reason()).startsWith("Byte 18 of ").endsWith(" is not UTF-8.");
        }
    }

    @Test
    void neverRoundsANumber() {
        assertValue(Scalar.INT, "2147483647", 2147483647);
        assertRefused(Scalar.INT, "2147483648", "out-of-range", "must be an int, but 2147483648 is out of range.");
        assertValue(Scalar.LONG, "-9223372036854775808", Long.MIN_VALUE);
        assertRefused(Scalar.LONG, "9223372036854775808", "out-of-range", null);
        assertRefused(Scalar.LONG, "1.0", "wrong-type", "must be a long, but is the number 1.0.");
        assertRefused(Scalar.LONG, "1e3", "wrong-type", null);
        assertRefused(Scalar.LONG, "\"1\"", "wrong-type", "must be a long, but is the text \"1\".");
        assertValue(Scalar.DOUBLE, "0.1", 0.1);
        assertValue(Scalar.DOUBLE, "-0", -0.0);
        assertValue(Scalar.DOUBLE, "0e5", 0.0);
        assertValue(Scalar.DOUBLE, "9007199254740992", 9007199254740992.0);
        assertValue(Scalar.DOUBLE, "36893488147419103232", 36893488147419103232.0);
        assertRefused(
                Scalar.DOUBLE,
                "9007199254740993",
                "out-of-range",
                "must be a double, which cannot hold 9007199254740993 exactly.");
        assertRefused(Scalar.DOUBLE, "1e400", "out-of-range", null);
        assertRefused(Scalar.DOUBLE, "1e-400", "out-of-range", null);
        assertRefused(Scalar.DOUBLE, "1".repeat(400), "out-of-range", null);
        assertValue(Scalar.DECIMAL, "1.10", new BigDecimal("1.10"));
        assertValue(
                Scalar.DECIMAL, "123456789012345678901234567890.1", new BigDecimal("123456789012345678901234567890.1"));
        assertRefused(Scalar.DECIMAL, "1e1000000", "out-of-range", null);
        assertRefused(Scalar.DECIMAL, "1e99999999999", "out-of-range", null);
    }

    @Test
    void readsTheOtherScalars() {
        assertValue(Scalar.BOOLEAN, "true", true);
        assertRefused(Scalar.BOOLEAN, "0", "wrong-type", "must be a boolean, but is the number 0.");
        assertValue(Scalar.BYTES, "\"AQL/\"", new byte[] {1, 2, -1});
        assertRefused(Scalar.BYTES, "\"%\"", "wrong-type", null);
        assertValue(Scalar.DATE, "\"2024-02-29\"", LocalDate.of(2024, 2, 29));
        assertRefused(Scalar.DATE, "\"2023-02-29\"", "wrong-type", null);
        assertValue(Scalar.DURATION, "\"PT1M30S\"", Duration.ofSeconds(90));
        assertRefused(Scalar.DURATION, "\"90\"", "wrong-type", null);
        assertValue(Scalar.JSON, "{\"a\" : [1, \"}\"]}", "{\"a\" : [1, \"}\"]}");
        assertValue(Scalar.JSON, "\"é\"", "\"é\"");
    }

    @Test
    void readsTimesInTheirFormat() {
        Instant instant = Instant.parse("2024-02-29T12:00:01.250Z");
        assertTime(TimestampFormat.MILLIS, "1709208001250", instant);
        assertTime(TimestampFormat.MILLIS, "1709208001250.5", instant.plusNanos(500_000));
        assertTime(TimestampFormat.MILLIS, "-1", Instant.parse("1969-12-31T23:59:59.999Z"));
        assertTime(TimestampFormat.SECONDS, "1709208001.25", instant);
        assertTime(TimestampFormat.SECONDS, "1.70920800125e9", instant);
        assertTime(TimestampFormat.MICROS, "1709208001250001", instant.plusNanos(1000));
        assertTime(TimestampFormat.ISO, "\"2024-02-29T12:00:01.250Z\"", instant);
        assertTime(TimestampFormat.ISO, "\"2024-02-29T13:00:01.25+01:00\"", instant);
        assertTime(TimestampFormat.ISO, "\"2024-02-28T12:00:01.250000000Z\"", instant.minusSeconds(86_400));
        assertTime(TimestampFormat.ISO, "\"2024-02-28T23:59:59Z\"", Instant.parse("2024-02-28T23:59:59Z"));

        refuseTime(TimestampFormat.SECONDS, "1.0000001", "out-of-range");
        refuseTime(TimestampFormat.MICROS, "1.5", "out-of-range");
        refuseTime(TimestampFormat.ISO, "\"2024-02-28T12:00:01.0000001Z\"", "out-of-range");
        refuseTime(TimestampFormat.MILLIS, "1709208001250000", "out-of-range");
        refuseTime(TimestampFormat.MILLIS, "9223372036854775808", "out-of-range");
        refuseTime(TimestampFormat.MILLIS, "1e300", "out-of-range");
        refuseTime(TimestampFormat.MILLIS, "\"1709208001250\"", "wrong-type");
        refuseTime(TimestampFormat.ISO, "\"2024-02-29T12:00:01\"", "wrong-type");
        refuseTime(TimestampFormat.ISO, "\"2024-02-30T12:00:01Z\"", "wrong-type");
        refuseTime(TimestampFormat.ISO, "\"2024-02-28T24:00:00Z\"", "wrong-type");
        refuseTime(TimestampFormat.ISO, "1709208001250", "wrong-type");
    }

    @Test
    void findsFieldsInsideObjects() {
        DeclaredRecord declared = new DeclaredRecord(
                "Event",
                List.of(
                        field(Field.of("agent", Scalar.STRING), "contact", "agent-id"),
                        field(Field.nullable("queue", Scalar.STRING), "contact", "queue", "name"),
                        field(Field.nullable("all", new MapType(Scalar.JSON)), "contact"),
                        field(Field.nullable("n", Scalar.LONG), "n"),
                        field(Field.nullable("alsoN", Scalar.DOUBLE), "n")),
                UnknownFields.IGNORE);
        JsonDecoder decoder = new JsonDecoder(declared, declared.type());

        assertThat(decoder.decode(
                        utf8("{\"contact\":{\"x\":1,\"queue\":{\"name\":\"q\"},\"agent-id\":\"a\"},\"n\":5}"), null))
                .isEqualTo(new Decoded.Ok(DataRecord.of(
                        "a", "q", Map.of("x", "1", "queue", "{\"name\":\"q\"}", "agent-id", "\"a\""), 5L, 5.0)));
        assertMalformed(decoder, "{}", "missing-field", "Field `agent` is missing (at `contact.agent-id`).");
        assertMalformed(decoder, "{\"contact\":null}", "missing-field", null);
        assertMalformed(decoder, "{\"contact\":[]}", "wrong-type", "Field `all` must be an object, but is an array.");
        assertMalformed(
                decoder,
                "{\"contact\":{\"agent-id\":\"a\",\"queue\":\"q\"}}",
                "wrong-type",
                "Field `queue` must be an object, but is the text \"q\".");
    }

    @Test
    void keepsWhatIsNotDeclaredAsItWasWritten() {
        DeclaredRecord leg =
                new DeclaredRecord("Leg", List.of(field(Field.of("n", Scalar.INT), "n")), UnknownFields.KEEP);
        DeclaredRecord declared = new DeclaredRecord(
                "Event",
                List.of(
                        field(Field.of("agent", Scalar.STRING), "contact", "agent-id"),
                        field(Field.nullable("queue", new MapType(Scalar.JSON)), "queue"),
                        field(Field.nullable("name", Scalar.STRING), "queue", "name"),
                        new DeclaredField(Field.nullable("leg", leg.type()), List.of("leg"), TimestampFormat.ISO, leg)),
                UnknownFields.KEEP);
        JsonDecoder decoder = new JsonDecoder(declared, declared.type());
        byte[] message = utf8(
                """
                {"n": 1.50e0, "contact": {"x\\"": {"y": [1 , 2]}, "agent-id": "a"}, "queue": {"name": "q", "z": 1},
                 "list": [
                   "a\\n", null], "leg": {"n": 1, "m": 2}, "agent": "é"}""");
        assertThat(decoder.decode(message, null))
                .isEqualTo(new Decoded.Ok(DataRecord.of(
                        "a",
                        Map.of("name", "\"q\"", "z", "1"),
                        "q",
                        DataRecord.of(1, Map.of("m", "2")),
                        Map.of(
                                "n", "1.50e0",
                                "contact", "{\"x\\\"\":{\"y\": [1 , 2]}}",
                                "list", "[   \"a\\n\", null]",
                                "agent", "\"é\""))));
        assertThat(decoder.decode(utf8("{\"contact\":{\"agent-id\":\"a\"}}"), null))
                .isEqualTo(new Decoded.Ok(DataRecord.of("a", null, null, null, null)));
        RecordType read = declared.type().project(List.of("agent"));
        assertThat(new JsonDecoder(declared, read).decode(message, null)).isEqualTo(new Decoded.Ok(DataRecord.of("a")));
    }

    @Test
    void whatIsKeptTwiceOrIsNoTextIsMalformedWhetherOrNotItIsRead() {
        DeclaredRecord declared = new DeclaredRecord(
                "Event", List.of(field(Field.nullable("agent", Scalar.STRING), "a", "agent")), UnknownFields.KEEP);
        for (RecordType read : List.of(declared.type(), declared.type().project(List.of("agent")))) {
            JsonDecoder decoder = new JsonDecoder(declared, read);
            assertMalformed(decoder, "{\"x\":1,\"x\":1}", "malformed-json", "Field `x` occurs twice.");
            assertMalformed(decoder, "{\"a\":{\"x\":1,\"x\":1}}", "malformed-json", "Field `x` occurs twice.");
            assertMalformed(decoder, "{\"\\ud83d\":1}", "malformed-json", null);
            assertMalformed(decoder, "{\"x\":01}", "malformed-json", null);
        }
    }

    @Test
    void readsListsMapsAndRecords() {
        RecordType inner = RecordType.of("Leg", Field.of("agent", Scalar.STRING), Field.nullable("n", Scalar.INT));
        RecordType type = RecordType.of(
                "Event",
                Field.nullable("tags", new ListType(Scalar.STRING)),
                Field.nullable("counts", new MapType(Scalar.LONG)),
                Field.nullable("legs", new ListType(inner)));
        DeclaredRecord nested = new DeclaredRecord(
                "Leg",
                List.of(
                        field(inner.fields().get(0), "agent-id"),
                        field(inner.fields().get(1), "n")),
                UnknownFields.MALFORMED);
        DeclaredRecord declared = new DeclaredRecord(
                "Event",
                List.of(
                        field(type.fields().get(0), "tags"),
                        field(type.fields().get(1), "counts"),
                        new DeclaredField(type.fields().get(2), List.of("legs"), TimestampFormat.MILLIS, nested)),
                UnknownFields.IGNORE);
        JsonDecoder decoder = new JsonDecoder(declared, type);

        assertThat(decoder.decode(
                        utf8("{\"tags\":[\"a\",\"b\"],\"counts\":{\"x\":1},\"legs\":[{\"agent-id\":\"z\",\"n\":1}]}"),
                        null))
                .isEqualTo(new Decoded.Ok(
                        DataRecord.of(List.of("a", "b"), Map.of("x", 1L), List.of(DataRecord.of("z", 1)))));
        assertMalformed(
                decoder, "{\"tags\":[\"a\",null]}", "wrong-type", "Field `tags[1]` must be a string, but is null.");
        assertMalformed(decoder, "{\"counts\":{\"x\":1,\"x\":2}}", "malformed-json", "Field `counts.x` occurs twice.");
        assertMalformed(
                decoder,
                "{\"legs\":[{\"agent-id\":\"z\"},{}]}",
                "missing-field",
                "Field `legs[1].agent` is missing (at `agent-id`).");
        assertMalformed(
                decoder,
                "{\"legs\":[{\"agent-id\":\"z\",\"agent\":1}]}",
                "unknown-field",
                "Field `legs[0].agent` is not declared in `Leg`.");
    }

    @Test
    void quotesLittleOfWhatItFound() {
        assertRefused(
                Scalar.LONG,
                "\"a\\u0007\\u202e" + "b".repeat(500) + "\"",
                "wrong-type",
                "must be a long, but is the text \"a\\u0007\\u202e" + "b".repeat(47) + "…\".");
    }

    @Test
    void isMadeOnlyForFieldsThatAreDeclared() {
        assertThatThrownBy(() -> new JsonDecoder(EVENT, RecordType.of("E", Field.of("other", Scalar.LONG))))
                .hasMessageContaining("`other`");
        assertThatThrownBy(() -> new JsonDecoder(EVENT, RecordType.of("E", Field.of("id", Scalar.LONG))))
                .hasMessageContaining("`id`");
    }

    private static DeclaredField field(Field field, String... path) {
        return new DeclaredField(field, List.of(path), TimestampFormat.MILLIS);
    }

    private static void assertValue(DataType type, String json, Object value) {
        assertThat(read(type, TimestampFormat.MILLIS, json)).isEqualTo(new Decoded.Ok(DataRecord.of(value)));
    }

    private static void assertTime(TimestampFormat format, String json, Instant instant) {
        assertThat(read(Scalar.TIMESTAMP, format, json)).isEqualTo(new Decoded.Ok(DataRecord.of(instant)));
    }

    private static void refuseTime(TimestampFormat format, String json, String code) {
        assertThat(read(Scalar.TIMESTAMP, format, json))
                .isInstanceOfSatisfying(Decoded.Malformed.class, malformed -> assertThat(malformed.code())
                        .isEqualTo(code));
    }

    private static void assertRefused(DataType type, String json, String code, String problem) {
        Decoded.Malformed malformed = (Decoded.Malformed) read(type, TimestampFormat.MILLIS, json);
        assertThat(malformed.code()).as(malformed.reason()).isEqualTo(code);
        if (problem != null) {
            assertThat(malformed.reason()).isEqualTo("Field `v` " + problem);
        }
    }

    private static Decoded read(DataType type, TimestampFormat format, String json) {
        RecordType record = RecordType.of("R", Field.of("v", type));
        return new JsonDecoder(DeclaredRecord.of(record, format), record).decode(utf8("{\"v\": " + json + " }"), null);
    }

    private static void assertOk(JsonDecoder decoder, String json) {
        assertThat(decoder.decode(utf8(json), null)).isInstanceOf(Decoded.Ok.class);
    }

    private static void assertMalformed(JsonDecoder decoder, String json, String code, String reason) {
        Decoded.Malformed malformed = (Decoded.Malformed) decoder.decode(utf8(json), null);
        assertThat(malformed.code()).as(malformed.reason()).isEqualTo(code);
        if (reason != null) {
            assertThat(malformed.reason()).isEqualTo(reason);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
