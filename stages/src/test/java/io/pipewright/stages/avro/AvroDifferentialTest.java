package io.pipewright.stages.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericArray;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/**
 * Ours against Avro's own library, on random records: reading, writing, evolution, and messages that are damaged. It is
 * long because all of these share what makes random schemas and values, and what compares them.
 */
class AvroDifferentialTest {

    private static final int RECORDS = 300;

    private static final String WRITTEN =
            """
            {"type": "record", "name": "Order", "namespace": "shop", "fields": [
              {"name": "id", "type": "string"},
              {"name": "unwanted", "type": {"type": "array", "items": {"type": "map", "values": ["null", "Order"]}}},
              {"name": "small", "type": "int"},
              {"name": "big", "type": ["long", "null"]},
              {"name": "ratio", "type": "double"},
              {"name": "part", "type": ["null", "float"]},
              {"name": "paid", "type": "boolean"},
              {"name": "raw", "type": "bytes"},
              {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 3}},
              {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B", "C"]}},
              {"name": "day", "type": {"type": "int", "logicalType": "date"}},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "fine", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
              {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}},
              {"name": "tax", "type": {"type": "fixed", "name": "Tax", "size": 5, "logicalType": "decimal", "precision": 9, "scale": 3}},
              {"name": "tags", "type": {"type": "array", "items": "string"}},
              {"name": "sizes", "type": {"type": "map", "values": "long"}},
              {"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line", "fields": [
                {"name": "sku", "type": "string"}, {"name": "n", "type": ["null", "int"]}]}}},
              {"name": "buyer", "type": ["null", {"type": "record", "name": "Buyer", "fields": [
                {"name": "name", "type": "string"}, {"name": "kind", "type": "Kind"}]}]}
            ]}
            """;

    /** What a later version of the schema makes of the same records. */
    private static final String EVOLVED =
            """
            {"type": "record", "name": "Order", "namespace": "shop", "fields": [
              {"name": "channel", "type": "string", "default": "WEB"},
              {"name": "key", "type": "string", "aliases": ["id"]},
              {"name": "small", "type": "double"},
              {"name": "note", "type": ["null", "string"], "default": null},
              {"name": "limits", "type": {"type": "map", "values": "long"}, "default": {"a": 1, "b": 2}},
              {"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line", "fields": [
                {"name": "n", "type": ["null", "int"]}, {"name": "unit", "type": "string", "default": "kg"}]}}}
            ]}
            """;

    private static final RecordType LINE =
            RecordType.of("Line", Field.of("sku", Scalar.STRING), Field.nullable("n", Scalar.INT));
    private static final RecordType BUYER =
            RecordType.of("Buyer", Field.of("name", Scalar.STRING), Field.of("kind", Scalar.STRING));
    private static final RecordType ORDER = RecordType.of(
            "Order",
            Field.of("id", Scalar.STRING),
            Field.of("small", Scalar.INT),
            Field.nullable("big", Scalar.LONG),
            Field.of("ratio", Scalar.DOUBLE),
            Field.nullable("part", Scalar.DOUBLE),
            Field.of("paid", Scalar.BOOLEAN),
            Field.of("raw", Scalar.BYTES),
            Field.of("hash", Scalar.BYTES),
            Field.of("kind", Scalar.STRING),
            Field.of("day", Scalar.DATE),
            Field.of("at", Scalar.TIMESTAMP),
            Field.nullable("fine", Scalar.TIMESTAMP),
            Field.of("price", Scalar.DECIMAL),
            Field.of("tax", Scalar.DECIMAL),
            Field.of("tags", new ListType(Scalar.STRING)),
            Field.of("sizes", new MapType(Scalar.LONG)),
            Field.of("lines", new ListType(LINE)),
            Field.nullable("buyer", BUYER));

    private static final RecordType EVOLVED_ORDER = RecordType.of(
            "Order",
            Field.of("channel", Scalar.STRING),
            Field.of("key", Scalar.STRING),
            Field.of("small", Scalar.DOUBLE),
            Field.nullable("note", Scalar.STRING),
            Field.of("limits", new MapType(Scalar.LONG)),
            Field.of(
                    "lines",
                    new ListType(
                            RecordType.of("Line", Field.nullable("n", Scalar.INT), Field.of("unit", Scalar.STRING)))));

    private final Random random = new Random(7);
    private final Schema written = new Schema.Parser().parse(WRITTEN);

    @Test
    void whatTheLibraryWritesIsReadAsTheLibraryReadsIt() throws Exception {
        AvroDecoder decoder = new AvroDecoder(DeclaredRecord.of(ORDER), ORDER, WRITTEN, null);
        for (int i = 0; i < RECORDS; i++) {
            byte[] message = bytes(random(0));
            assertThat(decoder.decode(message, null))
                    .isEqualTo(new Decoded.Ok(expected(ORDER, library(message, written))));
        }
    }

    @Test
    void aReadersSchemaResolvesAsTheLibraryDoes() throws Exception {
        AvroStruct reading = AvroStruct.of(
                AvroSchemaParser.parse(WRITTEN), DeclaredRecord.of(EVOLVED_ORDER), AvroSchemaParser.parse(EVOLVED));
        Schema evolved = new Schema.Parser().parse(EVOLVED);
        for (int i = 0; i < RECORDS; i++) {
            byte[] message = bytes(random(0));
            assertThat(reading.record(new AvroInput(message, 0)))
                    .isEqualTo(expected(EVOLVED_ORDER, library(message, evolved)));
        }
    }

    @Test
    void whatWeWriteTheLibraryReadsAndSoDoWe() throws Exception {
        String schema = WRITTEN.replaceFirst(" *\\{\"name\": \"unwanted\".*\n", "");
        Schema same = new Schema.Parser().parse(schema);
        AvroEncoder encoder = new AvroEncoder(ORDER, schema, null);
        AvroDecoder decoder = new AvroDecoder(DeclaredRecord.of(ORDER), ORDER, schema, null);
        for (int i = 0; i < RECORDS; i++) {
            DataRecord record = expected(ORDER, random(0));
            byte[] message = encoder.encode(record);
            GenericRecord read = new GenericDatumReader<GenericRecord>(same)
                    .read(null, DecoderFactory.get().binaryDecoder(message, null));
            assertThat(expected(ORDER, read)).isEqualTo(record);
            assertThat(decoder.decode(message, null)).isEqualTo(new Decoded.Ok(record));
        }
    }

    @Test
    void damagedMessagesAreMalformedOrRecordsAndNothingElse() throws Exception {
        AvroDecoder decoder = new AvroDecoder(DeclaredRecord.of(ORDER), ORDER, WRITTEN, null);
        int malformed = 0;
        for (int i = 0; i < RECORDS * 10; i++) {
            byte[] message = bytes(random(0));
            boolean cut = random.nextBoolean();
            byte[] damaged = cut ? Arrays.copyOf(message, random.nextInt(message.length)) : message.clone();
            if (!cut) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Decoded decoded = decoder.decode(damaged, null);
            malformed += decoded instanceof Decoded.Malformed ? 1 : 0;
            assertThat(cut && decoded instanceof Decoded.Ok)
                    .as("a part of a message is no message")
                    .isFalse();
        }
        assertThat(malformed).isGreaterThan(RECORDS * 5);
    }

    @Test
    void fieldsInsideAreReadByTheirPathsAndWhatIsNotWantedIsCheckedAllTheSame() throws Exception {
        DeclaredRecord declared = new DeclaredRecord(
                "Order",
                List.of(
                        field(Field.nullable("buyerName", Scalar.STRING), "buyer", "name"),
                        field(Field.nullable("buyerKind", Scalar.STRING), "buyer", "kind"),
                        field(Field.nullable("again", Scalar.STRING), "buyer", "name"),
                        field(Field.of("id", Scalar.STRING), "id"),
                        field(Field.of("at", Scalar.LONG), "at"),
                        field(Field.of("moment", Scalar.TIMESTAMP), "at")),
                UnknownFields.IGNORE);
        AvroDecoder decoder =
                new AvroDecoder(declared, declared.type().project(List.of("again", "buyerKind")), WRITTEN, null);
        for (int i = 0; i < RECORDS; i++) {
            GenericRecord order = random(0);
            GenericRecord buyer = (GenericRecord) order.get("buyer");
            assertThat(decoder.decode(bytes(order), null))
                    .isEqualTo(new Decoded.Ok(
                            buyer == null
                                    ? DataRecord.of(null, null)
                                    : DataRecord.of(
                                            buyer.get("kind").toString(),
                                            buyer.get("name").toString())));
        }
        AvroDecoder strict = new AvroDecoder(
                new DeclaredRecord(
                        "Order",
                        List.of(
                                field(Field.of("small", Scalar.INT), "small"),
                                field(Field.of("part", Scalar.DOUBLE), "part")),
                        UnknownFields.IGNORE),
                RecordType.of("Order", Field.of("small", Scalar.INT)),
                WRITTEN,
                null);
        GenericRecord order = random(0);
        order.put("part", null);
        assertThat(strict.decode(bytes(order), null))
                .isEqualTo(new Decoded.Malformed("missing-field", "Field `part` is missing."));
    }

    private static DeclaredField field(Field field, String... path) {
        return new DeclaredField(field, List.of(path), TimestampFormat.MICROS);
    }

    private static byte[] bytes(GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().blockingBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private GenericRecord library(byte[] message, Schema reader) throws IOException {
        return new GenericDatumReader<GenericRecord>(written, reader)
                .read(null, DecoderFactory.get().binaryDecoder(message, null));
    }

    private GenericRecord random(int level) {
        GenericRecord record = new GenericData.Record(written);
        for (Schema.Field field : written.getFields()) {
            record.put(field.name(), field.name().equals("unwanted") ? unwanted(level) : value(field.schema()));
        }
        return record;
    }

    private List<Object> unwanted(int level) {
        List<Object> list = new ArrayList<>();
        for (int i = level == 0 ? random.nextInt(3) : 0; i > 0; i--) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("k" + i, random.nextBoolean() ? null : random(level + 1));
            list.add(map);
        }
        return list;
    }

    private Object value(Schema schema) {
        String logical =
                schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
        return switch (schema.getType()) {
            case UNION -> value(
                    schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case NULL -> null;
            case STRING -> random.nextInt(4) == 0 ? "" : "t" + random.nextInt() + "ü😀";
            case BOOLEAN -> random.nextBoolean();
            case INT -> logical.isEmpty() ? random.nextInt() >> random.nextInt(32) : random.nextInt(40_000) - 10_000;
            case LONG -> logical.isEmpty()
                    ? random.nextLong() >> random.nextInt(64)
                    : random.nextLong() >> (logical.endsWith("micros") ? 10 : 20);
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextGaussian();
            case BYTES -> ByteBuffer.wrap(
                    logical.isEmpty()
                            ? bytes(random.nextInt(5))
                            : BigInteger.valueOf(random.nextInt() * 100L).toByteArray());
            case FIXED -> new GenericData.Fixed(
                    schema,
                    logical.isEmpty()
                            ? bytes(schema.getFixedSize())
                            : tax(random.nextInt(2_000_000_00) - 1_000_000_00));
            case ENUM -> new GenericData.EnumSymbol(
                    schema,
                    schema.getEnumSymbols()
                            .get(random.nextInt(schema.getEnumSymbols().size())));
            case ARRAY -> {
                List<Object> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(schema.getElementType()));
                }
                yield items;
            }
            case MAP -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    entries.put("k" + i, value(schema.getValueType()));
                }
                yield entries;
            }
            case RECORD -> {
                GenericRecord record = new GenericData.Record(schema);
                schema.getFields().forEach(field -> record.put(field.name(), value(field.schema())));
                yield record;
            }
        };
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] tax(long number) {
        byte[] five = new byte[5];
        for (int i = 0; i < 5; i++) {
            five[4 - i] = (byte) (number >> (8 * i));
        }
        return five;
    }

    /** What a record of the library's is to us. */
    private static DataRecord expected(RecordType type, GenericRecord record) {
        Object[] values = new Object[type.size()];
        for (int i = 0; i < values.length; i++) {
            Field field = type.fields().get(i);
            Schema schema = record.getSchema().getField(field.name()).schema();
            values[i] = expected(field.type(), schema, record.get(field.name()));
        }
        return new DataRecord(values, null);
    }

    private static Object expected(DataType type, Schema schema, Object value) {
        Schema inner = schema.getType() == Schema.Type.UNION
                ? schema.getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : schema;
        String logical =
                inner.getLogicalType() == null ? "" : inner.getLogicalType().getName();
        if (value == null) {
            return null;
        } else if (value instanceof GenericRecord record) {
            return expected((RecordType) type, record);
        } else if (value instanceof GenericArray<?> || value instanceof List<?>) {
            return ((List<?>) value)
                    .stream()
                            .map(item -> expected(((ListType) type).element(), inner.getElementType(), item))
                            .toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            map.forEach((key, each) ->
                    entries.put(key.toString(), expected(((MapType) type).value(), inner.getValueType(), each)));
            return entries;
        } else if (logical.equals("decimal")) {
            byte[] digits = value instanceof GenericFixed fixed ? fixed.bytes() : array((ByteBuffer) value);
            return new BigDecimal(new BigInteger(digits), inner.getName().equals("Tax") ? 3 : 2);
        } else if (value instanceof GenericFixed fixed) {
            return fixed.bytes();
        } else if (value instanceof ByteBuffer buffer) {
            return array(buffer);
        } else if (value instanceof CharSequence || value instanceof GenericEnumSymbol<?>) {
            return value.toString();
        }
        return number(type, logical, value);
    }

    private static Object number(DataType type, String logical, Object value) {
        return switch (logical) {
            case "date" -> LocalDate.ofEpochDay((Integer) value);
            case "timestamp-millis" -> Instant.ofEpochMilli((Long) value);
            case "timestamp-micros" -> Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
            default -> type == Scalar.DOUBLE ? (Object) ((Number) value).doubleValue() : value;
        };
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
