package io.pipewright.stages.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipewright.spi.record.DataRecord;
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
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The decoder against the encoder, against Jackson's trees, and against damaged input; all from fixed seeds. */
class JsonDifferentialTest {

    private final ObjectMapper jackson = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void readsBackWhatTheEncoderWrites() {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            RecordType type = recordType(random, 0);
            TimestampFormat format = TimestampFormat.values()[random.nextInt(4)];
            JsonEncoder encoder = new JsonEncoder(type, format);
            RecordType used = type.project(
                    type.names().stream().filter(name -> random.nextBoolean()).toList());
            JsonDecoder decoder = new JsonDecoder(DeclaredRecord.of(type, format), used);
            int[] positions = used.names().stream().mapToInt(type::position).toArray();
            for (int i = 0; i < 10; i++) {
                DataRecord record = record(random, type);
                byte[] bytes = encoder.encode(record);
                assertThat(decoder.decode(bytes, null))
                        .as("seed %d: %s", seed, new String(bytes, StandardCharsets.UTF_8))
                        .isEqualTo(new Decoded.Ok(record.project(positions)));
            }
        }
    }

    @Test
    void readsTheSameAsJacksonsTrees() throws IOException {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            RecordType type = recordType(random, 0);
            JsonDecoder decoder = new JsonDecoder(DeclaredRecord.of(type, TimestampFormat.MICROS), type);
            for (int i = 0; i < 10; i++) {
                byte[] bytes =
                        shuffled(random, new JsonEncoder(type, TimestampFormat.MICROS).encode(record(random, type)));
                DataRecord expected = record(type, jackson.readTree(bytes));
                assertThat(decoder.decode(bytes, null)).as("seed %d", seed).isEqualTo(new Decoded.Ok(expected));
            }
        }
    }

    @Test
    void neitherThrowsNorAcceptsMoreThanJacksonWhenBytesAreDamaged() {
        int accepted = 0;
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            RecordType type = recordType(random, 1);
            JsonDecoder decoder = new JsonDecoder(DeclaredRecord.of(type), type);
            byte[] bytes = new JsonEncoder(type, TimestampFormat.MILLIS).encode(record(random, type));
            for (int i = random.nextInt(3); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte)
                        (random.nextBoolean() ? random.nextInt(256) : "{}[]\",:\\u0e.-+tn ".charAt(random.nextInt(17)));
            }
            Decoded decoded = decoder.decode(bytes, null);
            if (decoded instanceof Decoded.Ok) {
                accepted++;
                assertThat(jacksonAccepts(bytes)).as("seed %d", seed).isTrue();
            } else {
                assertThat(((Decoded.Malformed) decoded).reason()).matches("[^\\p{Cntrl}]{10,250}\\.");
            }
        }
        assertThat(accepted).isBetween(100, 2500);
    }

    @Test
    void readsEachMessageAsIfThereHadBeenNoneBefore() {
        RecordType type = RecordType.of(
                "Small",
                Field.nullable("a", Scalar.LONG),
                Field.nullable("b", Scalar.STRING),
                Field.nullable("ü", Scalar.LONG));
        List<byte[]> messages = Stream.of(
                        "{}|{ }|{,}|{\"a\":1}|{,\"a\":1}|{ \"a\":1}|{\"a\": 1}|{\"a\" :1}|{\"a\":1}}|{\"a\":|{\"a\"|{\"a\":1",
                        "{\"b\":\"x\"}|{\"a\":1,\"b\":\"x\"}|{\"a\":1\"b\":\"x\"}|{\"a\":1,,\"b\":\"x\"}|{\"a\":1:\"b\":\"x\"}",
                        "{\"a\":1 , \"b\" : \"x\"}|{\"a\":1,\"b\":  \"x\"}|{\"a\":1,\"b\",\"x\"}|{\"a\":1,\"b\":}|{\"a\":1,\"b\":",
                        "{\"b\":\"x\",\"a\":1}|{\"a\":1,\"a\":1}|{\"\\u0061\":1,\"b\":\"x\"}|{\"a\":null,\"b\":null}|{\"a\":1,}",
                        "{\"c\":{\"a\":1,\"b\":2}}|{\"c\":{\"a\":1\"b\":2}}|{\"c\":{,\"a\":1}}|{\"c\":{\"a\":1,}}|{\"c\":{\"a\":1,\"b\":2]}",
                        "{\"c\":{}}|{\"c\":{ \"a\":{\"b\":2}}}|{\"c\":{\"a\":{\"b\":2}}|{\"c\":[{\"a\":1}]}|{\"c\":{\"a\":1}]|{\"c\":1,\"c\":2}",
                        "{\"ü\":1}|{\"a\":1,\"ü\":1}|{\"ä\":1,\"b\":\"ö\"}|{\"c\":{\"ä\":1}}|{\"a\":1,"
                                + " ".repeat(300) + "\"b\":\"x\"}")
                .flatMap(texts -> Stream.of(texts.split("\\|")))
                .flatMap(text -> Stream.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)
                        .map(text::getBytes)) // the letters in Latin-1 are no UTF-8
                .toList();
        for (UnknownFields unknown : List.of(UnknownFields.IGNORE, UnknownFields.MALFORMED)) {
            DeclaredRecord declared =
                    new DeclaredRecord("Small", DeclaredRecord.of(type).fields(), unknown);
            for (byte[] before : messages) {
                JsonDecoder decoder = new JsonDecoder(declared, type);
                for (byte[] message : messages) {
                    decoder.decode(before, null);
                    assertThat(decoder.decode(message, null))
                            .as("%s after %s", text(message), text(before))
                            .isEqualTo(new JsonDecoder(declared, type).decode(message, null));
                }
            }
        }
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.ISO_8859_1);
    }

    @Test
    void readsDigitsUpToTheFirstThatIsNoneWhereverTheMessageEnds() {
        RecordType type = RecordType.of("Number", Field.of("n", Scalar.LONG));
        JsonDecoder decoder = new JsonDecoder(DeclaredRecord.of(type), type);
        String digits = "90817263546574839201";
        for (int length = 1; length <= digits.length(); length++) {
            String number = digits.substring(0, length);
            for (String sign : List.of("", "-")) {
                Object expected = length < digits.length() ? Long.valueOf(sign + number) : null;
                for (int after = 0; after < 10; after++) {
                    Decoded decoded = decoder.decode(number(sign + number, after), null);
                    assertThat(decoded instanceof Decoded.Ok ok ? ok.record().get(0) : null)
                            .isEqualTo(expected);
                }
            }
            for (int at = 1; at < length; at++) {
                for (char other : new char[] {'/', ':', ' ', '\0', '°', 'ÿ', '"'}) {
                    String damaged = number.substring(0, at) + other + number.substring(at) + "1";
                    assertThat(decoder.decode(number(damaged, length % 10), null))
                            .isInstanceOf(Decoded.Malformed.class);
                }
            }
        }
    }

    private static byte[] number(String text, int after) {
        return ("{\"n\":" + text + "}" + " ".repeat(after)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private boolean jacksonAccepts(byte[] bytes) {
        try {
            return jackson.readTree(bytes).isObject();
        } catch (IOException e) {
            return false;
        }
    }

    /** The same object with its keys in another order, keys that nobody declared, and white space. */
    private byte[] shuffled(Random random, byte[] bytes) throws IOException {
        ObjectNode node = (ObjectNode) jackson.readTree(bytes);
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        java.util.Collections.shuffle(names, random);
        ObjectNode other = jackson.createObjectNode();
        for (String name : names) {
            if (random.nextInt(3) == 0) {
                other.set("unknown " + name, node.get(name));
            }
            other.set(name, node.get(name));
        }
        return (random.nextBoolean() ? other.toPrettyString() : other.toString()).getBytes(StandardCharsets.UTF_8);
    }

    private DataRecord record(RecordType type, JsonNode node) throws IOException {
        Object[] values = new Object[type.size()];
        for (int i = 0; i < values.length; i++) {
            Field field = type.fields().get(i);
            JsonNode value = node.get(field.name());
            values[i] = value == null || value.isNull() ? null : value(field.type(), value);
        }
        return DataRecord.of(values);
    }

    private Object value(DataType type, JsonNode node) throws IOException {
        if (type instanceof RecordType record) {
            return record(record, node);
        }
        if (type instanceof ListType list) {
            List<Object> elements = new ArrayList<>();
            for (JsonNode element : node) {
                elements.add(value(list.element(), element));
            }
            return elements;
        }
        if (type instanceof MapType map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                entries.put(entry.getKey(), value(map.value(), entry.getValue()));
            }
            return entries;
        }
        return switch ((Scalar) type) {
            case STRING, JSON -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case INT -> node.intValue();
            case LONG -> node.longValue();
            case DOUBLE -> node.doubleValue();
            case DECIMAL -> node.decimalValue();
            case BYTES -> Base64.getDecoder().decode(node.textValue());
            case DATE -> LocalDate.parse(node.textValue());
            case TIMESTAMP -> Instant.EPOCH.plus(node.longValue(), java.time.temporal.ChronoUnit.MICROS);
            case DURATION -> Duration.parse(node.textValue());
        };
    }

    private static RecordType recordType(Random random, int depth) {
        List<Field> fields = new ArrayList<>();
        int count = random.nextInt(depth == 0 ? 16 : 5);
        for (int i = 0; i < count; i++) {
            fields.add(new Field("f \"" + i, type(random, depth), random.nextBoolean()));
        }
        return new RecordType("Random", fields);
    }

    private static DataType type(Random random, int depth) {
        int kind = depth < 3 ? random.nextInt(13) : 0;
        return switch (kind) {
            case 10 -> new ListType(type(random, depth + 1));
            case 11 -> new MapType(type(random, depth + 1));
            case 12 -> recordType(random, depth + 1);
            default -> Scalar.values()[random.nextInt(Scalar.values().length - 1)]; // JSON is text, not a value
        };
    }

    private static DataRecord record(Random random, RecordType type) {
        Object[] values = new Object[type.size()];
        for (int i = 0; i < values.length; i++) {
            Field field = type.fields().get(i);
            values[i] = field.nullable() && random.nextInt(3) == 0 ? null : value(random, field.type());
        }
        return DataRecord.of(values);
    }

    private static Object value(Random random, DataType type) {
        int size = random.nextInt(4);
        if (type instanceof RecordType record) {
            return record(random, record);
        }
        if (type instanceof ListType list) {
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                elements.add(value(random, list.element()));
            }
            return elements;
        }
        if (type instanceof MapType map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                entries.put(text(random), value(random, map.value()));
            }
            return entries;
        }
        return scalar(random, (Scalar) type);
    }

    private static Object scalar(Random random, Scalar type) {
        return switch (type) {
            case STRING, JSON -> text(random);
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG -> random.nextLong() >> random.nextInt(64);
            case DOUBLE -> random.nextBoolean() ? random.nextGaussian() : (double) random.nextInt();
            case DECIMAL -> new BigDecimal(new BigInteger(random.nextInt(90), random), random.nextInt(30));
            case BYTES -> text(random).getBytes(StandardCharsets.UTF_8);
            case DATE -> LocalDate.ofEpochDay(random.nextInt(100_000) - 50_000);
            case TIMESTAMP -> Instant.ofEpochSecond(
                    random.nextInt() * 4L, random.nextInt(1_000_000) * (random.nextBoolean() ? 1000L : 0L));
            case DURATION -> Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000));
        };
    }

    private static String text(Random random) {
        int limit = List.of(0x80, 0x800, 0x110000).get(random.nextInt(3));
        int[] points = random.ints(random.nextInt(12), 0, limit)
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .toArray();
        return new String(points, 0, points.length);
    }
}
