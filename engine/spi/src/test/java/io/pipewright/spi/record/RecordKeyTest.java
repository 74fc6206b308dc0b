package io.pipewright.spi.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordKeyTest {

    private static final RecordType TYPE = RecordType.of(
            "Event",
            Field.of("customerId", Scalar.STRING),
            Field.nullable("channel", Scalar.STRING),
            Field.of("amount", Scalar.DECIMAL),
            Field.of("score", Scalar.DOUBLE));

    @Test
    void hashesTheSameForever() {
        assertThat(RecordKey.of().hashCode()).isEqualTo(0);
        assertThat(RecordKey.of((Object) null).hashCode()).isEqualTo(1364076727);
        assertThat(RecordKey.of("customer-17").hashCode()).isEqualTo(405859699);
        assertThat(RecordKey.of("").hashCode()).isEqualTo(-2002985783);
        assertThat(RecordKey.of("VOICE", 42).hashCode()).isEqualTo(-1238734588);
        assertThat(RecordKey.of(true, false).hashCode()).isEqualTo(-1968684030);
        assertThat(RecordKey.of(Long.MIN_VALUE).hashCode()).isEqualTo(-267354656);
        assertThat(everything().hashCode()).isEqualTo(1007888652);
    }

    @Test
    void hashesTheDocumentedBytes() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            String text = randomText(random);
            long number = random.nextLong() >> random.nextInt(64);
            RecordKey key = RecordKey.of(text, number, null, random.nextBoolean() ? true : null);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeByte(4);
            out.writeInt(utf8.length);
            out.write(utf8);
            assertThat(RecordKey.of(text).hashCode()).isEqualTo(murmur3(bytes.toByteArray()));
            out.writeByte(3);
            out.writeLong(number);
            out.writeByte(0);
            out.writeByte(key.get(3) == null ? 0 : 2);
            assertThat(key.hashCode()).isEqualTo(murmur3(bytes.toByteArray()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "ab", "abc", "abcd", "customer-0017", "caf\u00e9", "abcdefg\u20ac", "\ud83d\ude00"})
    void hashesTextsOfAnyLengthAsDocumented(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte(4);
        out.writeInt(utf8.length);
        out.write(utf8);

        assertThat(RecordKey.of(text).hashCode()).isEqualTo(murmur3(bytes.toByteArray()));
    }

    @Test
    void hashesIntAndLongAlike() {
        assertThat(RecordKey.of(-5).hashCode()).isEqualTo(RecordKey.of(-5L).hashCode());
    }

    @Test
    void takesDecimalsOfEqualValueAsOneKey() throws IOException {
        RecordKeySelector selector = new RecordKeySelector(TYPE, List.of("amount"));
        RecordKey one = selector.getKey(DataRecord.of("a", null, new BigDecimal("1.0"), 0.0));
        RecordKey other = selector.getKey(DataRecord.of("a", null, new BigDecimal("1.00"), 0.0));
        KeySerializer serializer = new KeySerializer(selector.keyType());

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isEqualTo(RecordKey.of(new BigDecimal("1.000")));
        assertThat(RecordSerializerTest.bytes(serializer, one))
                .isEqualTo(RecordSerializerTest.bytes(serializer, other));
    }

    @Test
    void takesItsFieldsInTheOrderOfTheKey() {
        RecordKeySelector selector = new RecordKeySelector(TYPE, List.of("channel", "customerId"));
        RecordKey key = selector.getKey(DataRecord.of("c1", null, BigDecimal.ONE, 0.0));

        assertThat(key).isEqualTo(RecordKey.of(null, "c1")).isNotEqualTo(RecordKey.of("c1", null));
        assertThat(selector.keyType().names()).containsExactly("channel", "customerId");
        assertThat(selector.getProducedType()).isEqualTo(new KeyTypeInfo(selector.keyType()));
        assertThat(selector.getProducedType().isKeyType()).isTrue();
    }

    @Test
    void readsBackKeysOfEveryType() throws Exception {
        RecordType type = RecordType.of(
                "Key",
                Field.of("s", Scalar.STRING),
                Field.of("b", Scalar.BOOLEAN),
                Field.of("i", Scalar.INT),
                Field.of("l", Scalar.LONG),
                Field.of("n", Scalar.DECIMAL),
                Field.of("d", Scalar.DATE),
                Field.of("t", Scalar.TIMESTAMP),
                Field.of("u", Scalar.DURATION),
                Field.nullable("x", Scalar.STRING));
        KeySerializer serializer = InstantiationUtil.clone(new KeySerializer(type));
        RecordKey key = everything();

        RecordKey read = serializer.deserialize(new DataInputDeserializer(RecordSerializerTest.bytes(serializer, key)));

        assertThat(read).isEqualTo(key).hasSameHashCodeAs(key);
    }

    @Test
    void refusesWhatHasNoReliableEquality() {
        assertThat(RecordKey.refusal(Field.of("score", Scalar.DOUBLE)))
                .hasValue("`score` is a double and cannot be part of a key: doubles that look equal may differ.");
        assertThat(RecordKey.refusal(Field.of("raw", Scalar.BYTES))).isPresent();
        assertThat(RecordKey.refusal(Field.of("tags", new ListType(Scalar.STRING))))
                .isPresent();
        assertThat(RecordKey.refusal(Field.nullable("id", Scalar.LONG))).isEmpty();
        assertThatThrownBy(() -> new RecordKeySelector(TYPE, List.of("score"))).hasMessageContaining("`score`");
    }

    @Test
    void refusesStateWithKeysOfAnotherType() {
        RecordType one = RecordType.of("Key", Field.of("id", Scalar.INT));
        RecordType renamed = RecordType.of("Key", Field.nullable("number", Scalar.INT));
        RecordType widened = RecordType.of("Key", Field.of("id", Scalar.LONG));

        assertThat(compatible(one, renamed)).isTrue();
        assertThat(compatible(one, widened)).isFalse();
        assertThat(compatible(one, RecordType.of("Key"))).isFalse();
    }

    private static boolean compatible(RecordType old, RecordType now) {
        return new KeySerializer(now)
                .snapshotConfiguration()
                .resolveSchemaCompatibility(new KeySerializer(old).snapshotConfiguration())
                .isCompatibleAsIs();
    }

    private static RecordKey everything() {
        return RecordKey.of(
                "Zürich 東京 😀",
                true,
                -1,
                1L << 40,
                new BigDecimal("-12.340"),
                LocalDate.of(2024, 2, 29),
                Instant.ofEpochSecond(1_700_000_000, 123_456_000),
                Duration.ofMillis(-1500),
                null);
    }

    private static String randomText(Random random) {
        int[] points = random.ints(random.nextInt(9), 0, 0x110000)
                .map(p -> random.nextBoolean() ? p & 0x7F : p)
                .filter(p -> p < 0xD800 || p > 0xDFFF)
                .toArray();
        return new String(points, 0, points.length);
    }

    /** MurmurHash3_x86_32 with seed 0, from its published description, on whole arrays. */
    private static int murmur3(byte[] data) {
        int h = 0;
        int i = 0;
        for (; i + 4 <= data.length; i += 4) {
            int k = data[i] & 0xFF | (data[i + 1] & 0xFF) << 8 | (data[i + 2] & 0xFF) << 16 | data[i + 3] << 24;
            h ^= Integer.rotateLeft(k * 0xcc9e2d51, 15) * 0x1b873593;
            h = Integer.rotateLeft(h, 13) * 5 + 0xe6546b64;
        }
        int tail = 0;
        for (int j = data.length - 1; j >= i; j--) {
            tail = tail << 8 | data[j] & 0xFF;
        }
        h ^= Integer.rotateLeft(tail * 0xcc9e2d51, 15) * 0x1b873593;
        h ^= data.length;
        h ^= h >>> 16;
        h *= 0x85ebca6b;
        h ^= h >>> 13;
        h *= 0xc2b2ae35;
        return h ^ h >>> 16;
    }
}
