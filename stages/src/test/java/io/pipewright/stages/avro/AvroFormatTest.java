package io.pipewright.stages.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.option.FileRef;
import io.pipewright.spi.option.Secret;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.avro.AvroOptions.Registry;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketPolicy;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The format with a stand-in for a schema registry, which answers as Confluent's does. It is long because each way in which a
 * schema, a record and a message can disagree has its case.
 */
class AvroFormatTest {

    private static final RecordType ITEM =
            RecordType.of("Item", Field.of("name", Scalar.STRING), Field.nullable("count", Scalar.LONG));
    private static final String OLD = schema("{\"name\": \"name\", \"type\": \"string\"}");
    private static final String NEW = schema("{\"name\": \"more\", \"type\": \"boolean\"},"
            + " {\"name\": \"count\", \"type\": [\"null\", \"int\"]}, {\"name\": \"name\", \"type\": \"string\"}");

    private static final String WRITABLE = NEW.replace("{\"name\": \"more\", \"type\": \"boolean\"},", "");

    private final MockWebServer server = new MockWebServer();
    private final AvroFormat format = new AvroFormat();
    private final List<String> refused = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    private static String schema(String fields) {
        return "{\"type\": \"record\", \"name\": \"Item\", \"fields\": [" + fields + "]}";
    }

    private static FileRef file(String schema) {
        return new FileRef("item.avsc", schema, "format.schema");
    }

    private Registry registry(String subject, boolean register) {
        return new Registry(
                "http://127.0.0.1:" + server.getPort() + "/base", "reader", Secret.of("pass"), subject, register);
    }

    private void note(String option, String message, String hint) {
        refused.add(option + ": " + message);
    }

    private RecordDecoder decoder(AvroOptions options, RecordType type) throws Exception {
        return InstantiationUtil.clone(format.source(options, DeclaredRecord.of(type), this::note)
                .orElseThrow(() -> new AssertionError(refused))
                .decoder(type));
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse().setResponseCode(status).setBody(body);
    }

    private static String answer(String schema) {
        return "{\"schema\": \"" + schema.replace("\"", "\\\"") + "\"}";
    }

    private static byte[] message(int id, int... body) {
        byte[] bytes = new byte[5 + body.length];
        bytes[3] = (byte) (id >> 8);
        bytes[4] = (byte) id;
        for (int i = 0; i < body.length; i++) {
            bytes[5 + i] = (byte) body[i];
        }
        return bytes;
    }

    @Test
    void eachMessageIsReadByTheSchemaItNamesAndEachSchemaIsAskedForOnce() throws Exception {
        RecordDecoder decoder = decoder(new AvroOptions(null, registry(null, false)), ITEM);
        server.enqueue(json(200, answer(OLD)));
        server.enqueue(json(503, "busy"));
        server.enqueue(json(200, answer(NEW)));
        for (int i = 0; i < 2; i++) {
            assertThat(decoder.decode(message(258, 2, 'a'), null)).isEqualTo(new Decoded.Ok(DataRecord.of("a", null)));
            assertThat(decoder.decode(message(7, 1, 2, 10, 2, 'b'), null))
                    .isEqualTo(new Decoded.Ok(DataRecord.of("b", 5L)));
        }
        assertThat(server.getRequestCount()).isEqualTo(3);
        RecordedRequest first = server.takeRequest();
        assertThat(first.getPath()).isEqualTo("/base/schemas/ids/258");
        assertThat(first.getHeader("Authorization")).isEqualTo("Basic cmVhZGVyOnBhc3M=");
    }

    @Test
    void aMessageWithoutASchemaOrWithOneThatDoesNotFitIsMalformed() throws Exception {
        RecordDecoder decoder = decoder(new AvroOptions(null, registry(null, false)), ITEM);
        assertThat(code(decoder.decode("plain".getBytes(), null))).isEqualTo("malformed-avro");
        assertThat(code(decoder.decode(new byte[] {0, 0, 0}, null))).isEqualTo("malformed-avro");
        server.enqueue(json(404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}"));
        server.enqueue(json(200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax\"}"));
        server.enqueue(json(200, answer(schema("{\"name\": \"name\", \"type\": \"int\"}"))));
        for (int i = 0; i < 2; i++) {
            assertThat(code(decoder.decode(message(1, 2), null))).isEqualTo("unknown-schema");
            assertThat(code(decoder.decode(message(2, 2), null))).isEqualTo("unknown-schema");
            assertThat(decoder.decode(message(3, 2), null))
                    .isEqualTo(
                            new Decoded.Malformed(
                                    "unfit-schema",
                                    "Schema 3 does not fit the record: `name` is `int` in the schema, which a `string` cannot hold."));
        }
        assertThat(server.getRequestCount())
                .as("what is not there is not asked for at once again")
                .isEqualTo(3);
    }

    @Test
    void aRegistryThatRefusesUsFailsTheJob() throws Exception {
        RecordDecoder decoder = decoder(new AvroOptions(null, registry(null, false)), ITEM);
        server.enqueue(json(401, "{}"));
        assertThatThrownBy(() -> decoder.decode(message(1, 2), null))
                .hasMessageContaining("cannot be used: status 401")
                .hasMessageNotContaining("pass");
    }

    @Test
    void aSchemaFileBesideTheRegistryGivesAliasesAndDefaults() throws Exception {
        String reader = schema("{\"name\": \"name\", \"aliases\": [\"title\"], \"type\": \"string\"},"
                + " {\"name\": \"count\", \"type\": \"long\", \"default\": 3}");
        RecordDecoder decoder = decoder(new AvroOptions(file(reader), registry(null, false)), ITEM);
        server.enqueue(json(200, answer(schema("{\"name\": \"title\", \"type\": \"string\"}"))));
        assertThat(decoder.decode(message(1, 2, 'a'), null)).isEqualTo(new Decoded.Ok(DataRecord.of("a", 3L)));
    }

    @Test
    void aSinkFindsTheIdOfItsSchemaOnceAndWritesItBeforeEachRecord() throws Exception {
        for (boolean register : List.of(false, true)) {
            RecordEncoder encoder = InstantiationUtil.clone(
                    format.sink(new AvroOptions(file(WRITABLE), registry("item-value", register)), ITEM, this::note)
                            .orElseThrow(() -> new AssertionError(refused))
                            .encoder(ITEM));
            server.enqueue(json(200, "{\"subject\": \"item-value\", \"id\": 300}"));
            assertThat(encoder.encode(DataRecord.of("a", 5L))).isEqualTo(message(300, 2, 10, 2, 'a'));
            assertThat(encoder.encode(DataRecord.of("", null))).isEqualTo(message(300, 0, 0));
            RecordedRequest request = server.takeRequest();
            assertThat(request.getMethod()).isEqualTo("POST");
            assertThat(request.getPath()).isEqualTo("/base/subjects/item-value" + (register ? "/versions" : ""));
            assertThat(request.getUtf8Body()).contains("\\\"name\\\": \\\"Item\\\"");
        }
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void aSchemaThatTheSubjectDoesNotHaveFailsTheJobWithTheNextAction() {
        RecordEncoder encoder = format.sink(
                        new AvroOptions(file(OLD), registry("item-value", false)),
                        RecordType.of("Item", Field.of("name", Scalar.STRING)),
                        this::note)
                .orElseThrow()
                .encoder(RecordType.of("Item", Field.of("name", Scalar.STRING)));
        server.enqueue(json(404, "{\"error_code\": 40403}"));
        assertThatThrownBy(() -> encoder.encode(DataRecord.of("a")))
                .hasMessageContaining("`item-value`")
                .hasMessageContaining("`register: true`");
    }

    @Test
    void whatTheSchemaCannotHoldIsRefusedWithTheField() {
        RecordType type = RecordType.of(
                "Item",
                Field.of("kind", Scalar.STRING),
                Field.of("n", Scalar.LONG),
                Field.of("price", Scalar.DECIMAL),
                Field.of("at", Scalar.TIMESTAMP),
                Field.of("hash", Scalar.BYTES));
        AvroEncoder encoder = new AvroEncoder(
                type,
                schema("{\"name\": \"kind\", \"type\": {\"type\": \"enum\", \"name\": \"K\", \"symbols\": [\"A\"]}},"
                        + "{\"name\": \"n\", \"type\": \"int\"},"
                        + "{\"name\": \"price\", \"type\": {\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 4, \"scale\": 2}},"
                        + "{\"name\": \"at\", \"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}},"
                        + "{\"name\": \"hash\", \"type\": {\"type\": \"fixed\", \"name\": \"H\", \"size\": 2}}"),
                null);
        Instant at = Instant.ofEpochMilli(5);
        BigDecimal price = new BigDecimal("12.3");
        byte[] hash = {1, 2};
        assertThat(encoder.encode(DataRecord.of("A", 1L, price, at, hash)))
                .containsExactly(0, 2, 4, 0x04, 0xCE - 256, 10, 1, 2);
        assertThat(refusal(encoder, "B", 1L, price, at, hash)).startsWith("wrong-type: Field `kind` is `B`");
        assertThat(refusal(encoder, "A", 1L << 31, price, at, hash)).startsWith("overflow: Field `n` ");
        assertThat(refusal(encoder, "A", 1L, new BigDecimal("1.234"), at, hash)).startsWith("lossy: Field `price` ");
        assertThat(refusal(encoder, "A", 1L, new BigDecimal("123"), at, hash)).startsWith("overflow: Field `price` ");
        assertThat(refusal(encoder, "A", 1L, price, at.plusNanos(1000), hash)).startsWith("lossy: Field `at` ");
        assertThat(refusal(encoder, "A", 1L, price, at, new byte[3])).startsWith("wrong-type: Field `hash` ");
        assertThat(refusal(encoder, null, 1L, price, at, hash)).isEqualTo("missing-field: Field `kind` is null.");
    }

    @Test
    void aBranchOfAUnionThatTheFieldCannotHoldIsMalformed() throws Exception {
        RecordType type = RecordType.of("Item", Field.of("name", Scalar.STRING));
        String union = schema("{\"name\": \"name\", \"type\": [\"null\", \"string\", \"int\"]}");
        RecordDecoder decoder = decoder(new AvroOptions(file(union), null), type);
        assertThat(decoder.decode(new byte[] {2, 2, 'a'}, null)).isEqualTo(new Decoded.Ok(DataRecord.of("a")));
        assertThat(decoder.decode(new byte[] {4, 2}, null))
                .isEqualTo(new Decoded.Malformed("wrong-type", "Field `name` is `int`, which a `string` cannot hold."));
        assertThat(decoder.decode(new byte[] {0}, null))
                .isEqualTo(new Decoded.Malformed("missing-field", "Field `name` is missing."));
        assertThat(code(decoder.decode(new byte[] {6}, null))).isEqualTo("malformed-avro");
    }

    @Test
    void aRecordThatContainsItselfIsPassedOverAndOneWithoutEndIsMalformed() throws Exception {
        RecordType type = RecordType.of("Item", Field.of("name", Scalar.STRING));
        String chain = schema(
                "{\"name\": \"next\", \"type\": [\"null\", \"Item\"]}, {\"name\": \"name\", \"type\": \"string\"}");
        RecordDecoder decoder = decoder(new AvroOptions(file(chain), null), type);
        assertThat(decoder.decode(new byte[] {2, 2, 0, 2, 'c', 2, 'b', 2, 'a'}, null))
                .isEqualTo(new Decoded.Ok(DataRecord.of("a")));
        byte[] endless = new byte[1_000_000];
        Arrays.fill(endless, (byte) 2);
        assertThat(code(decoder.decode(endless, null))).isEqualTo("malformed-avro");
    }

    /** What is no message may begin with any number, and each is asked for and remembered. */
    @Test
    void onlyTheLatestIdsAreRemembered() throws Exception {
        RecordDecoder decoder = decoder(new AvroOptions(null, registry(null, false)), ITEM);
        for (int id = 1; id <= 1_001; id++) {
            assertUnknown(decoder, id, id);
        }
        assertUnknown(decoder, 1_001, 1_001);
        assertUnknown(decoder, 1, 1_002);
    }

    private void assertUnknown(RecordDecoder decoder, int id, int requests) {
        MockResponse answer = json(404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}");
        server.enqueue(answer.setSocketPolicy(SocketPolicy.DISCONNECT_AT_END));
        assertThat(code(decoder.decode(message(id, 2), null))).isEqualTo("unknown-schema");
        assertThat(server.getRequestCount()).isEqualTo(requests);
    }

    /** Items of no bytes: a message of a few blocks could have any number of them. */
    @Test
    void itemsOfNothingAreNoMoreThanTheMessageHasBytes() throws Exception {
        RecordType type = RecordType.of("Item", Field.of("name", Scalar.STRING));
        String nothings = schema("{\"name\": \"nothings\", \"type\": {\"type\": \"array\", \"items\": \"null\"}},"
                + " {\"name\": \"name\", \"type\": \"string\"}");
        RecordDecoder decoder = decoder(new AvroOptions(file(nothings), null), type);
        assertThat(decoder.decode(new byte[] {2, 4, 0, 2, 'a'}, null)).isEqualTo(new Decoded.Ok(DataRecord.of("a")));
        ByteBuffer blocks = ByteBuffer.allocate(3_000_000);
        while (blocks.hasRemaining()) {
            blocks.put(new byte[] {(byte) 0x80, (byte) 0x89, 0x7a}); // a million items
        }
        assertThat(code(decoder.decode(blocks.array(), null))).isEqualTo("malformed-avro");
    }

    @Test
    void aFieldThatTheRecordDoesNotDeclareIsRefusedWhereUnknownOnesAreMalformed() throws Exception {
        DeclaredRecord strict =
                new DeclaredRecord("Item", DeclaredRecord.of(ITEM).fields(), UnknownFields.MALFORMED);
        assertThat(format.source(new AvroOptions(file(NEW), null), strict, this::note))
                .isEmpty();
        assertThat(refused)
                .containsExactly("record: `more` is a field of the schema, and the record does not declare it.");
        assertThat(format.source(new AvroOptions(file(WRITABLE), null), strict, this::note))
                .isPresent();
    }

    @Test
    void aDefaultThatIsNoValueOrWouldContainItselfIsToldByTheField() {
        String wrong = schema("{\"name\": \"name\", \"type\": \"string\", \"default\": 3}");
        String endless = schema("{\"name\": \"name\", \"type\": \"string\"},"
                + " {\"name\": \"next\", \"type\": \"Item\", \"default\": {\"name\": \"a\"}}");
        for (String each : List.of(wrong, endless)) {
            assertThat(format.source(new AvroOptions(file(each), null), DeclaredRecord.of(ITEM), this::note))
                    .isEmpty();
        }
        assertThat(refused)
                .containsExactly(
                        "record: `name` has a default in the schema that is no value of its type.",
                        "record: `next` has a default in the schema that is no value of its type.");
    }

    @Test
    void aNumberIsReadAsADoubleIfOneIsEqualToIt() throws Exception {
        RecordType type = RecordType.of("Item", Field.of("n", Scalar.DOUBLE));
        RecordDecoder decoder =
                decoder(new AvroOptions(file(schema("{\"name\": \"n\", \"type\": \"long\"}")), null), type);
        for (long whole : List.of(0L, -1L, 1L << 53, (1L << 53) + 2, Long.MIN_VALUE, 1L << 62)) {
            assertThat(decoder.decode(number(whole), null)).isEqualTo(new Decoded.Ok(DataRecord.of((double) whole)));
        }
        for (long whole : List.of((1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE + 1)) {
            assertThat(code(decoder.decode(number(whole), null))).isEqualTo("out-of-range");
        }
    }

    private static byte[] number(long whole) {
        AvroOutput out = new AvroOutput();
        out.writeLong(whole);
        return out.toBytes();
    }

    private static String refusal(AvroEncoder encoder, Object... values) {
        try {
            encoder.encode(new DataRecord(values, null));
            return "none";
        } catch (EvaluationException e) {
            return e.code() + ": " + e.reason();
        }
    }

    private static String code(Decoded decoded) {
        return decoded instanceof Decoded.Malformed malformed ? malformed.code() : decoded.toString();
    }

    @Test
    void whatCannotBeReadOrWrittenSoIsToldByTheSchemaAlone() {
        RecordType flag = RecordType.of("Flag", Field.of("name", Scalar.BOOLEAN));
        Registry sinkOnly = registry("item-value", false);
        format.source(new AvroOptions(null, null), DeclaredRecord.of(ITEM), this::note);
        format.source(new AvroOptions(file("{"), null), DeclaredRecord.of(ITEM), this::note);
        format.source(new AvroOptions(file("\"string\""), null), DeclaredRecord.of(ITEM), this::note);
        format.source(new AvroOptions(file(OLD), null), DeclaredRecord.of(flag), this::note);
        format.source(new AvroOptions(file(schema("")), null), DeclaredRecord.of(ITEM), this::note);
        format.source(new AvroOptions(null, sinkOnly), DeclaredRecord.of(ITEM), this::note);
        format.sink(new AvroOptions(null, sinkOnly), ITEM, this::note);
        format.sink(new AvroOptions(file(OLD), registry(null, false)), ITEM, this::note);
        format.sink(new AvroOptions(file(OLD), null), ITEM, this::note);
        format.sink(new AvroOptions(file(NEW), null), ITEM, this::note);
        String whole = WRITABLE.replace("[\"null\", \"int\"]", "\"int\"");
        format.sink(new AvroOptions(file(whole), null), ITEM, this::note);
        assertThat(refused)
                .satisfiesExactly(
                        told -> assertThat(told).startsWith(": `avro` does not say by which schema messages were"),
                        told -> assertThat(told).startsWith("schema: `item.avsc` is no JSON at line 1, column "),
                        told -> assertThat(told)
                                .isEqualTo("schema: `item.avsc` is no Avro schema of a record, but of `string`."),
                        told -> assertThat(told)
                                .isEqualTo("record: `name` is `string` in the schema, which a `boolean` cannot hold."),
                        told -> assertThat(told).startsWith("record: The schema has no field `name`"),
                        told -> assertThat(told).startsWith("registry.subject: `subject` is for sinks"),
                        told -> assertThat(told).startsWith(": `avro` does not say by which schema messages are"),
                        told -> assertThat(told).startsWith("registry: The registry has schemas by subject"),
                        told -> assertThat(told).isEqualTo("schema: `count` is not in the schema."),
                        told -> assertThat(told).startsWith("schema: `more` is in the schema without a default"),
                        told -> assertThat(told).startsWith("schema: `count` may be null, and is `int`"));
    }
}
