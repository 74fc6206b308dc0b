package io.pipewright.spi.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class RecordSerializerTest {

    private static final RecordType EVENT = RecordType.of(
            "Event",
            Field.of("id", Scalar.STRING),
            Field.nullable("channel", Scalar.STRING),
            Field.of("time", Scalar.TIMESTAMP),
            Field.of("count", Scalar.INT));

    @Test
    void readsBackRandomRecordsOfRandomTypes() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            RandomRecords random = new RandomRecords(seed);
            RecordType type = random.recordType(0);
            RecordSerializer serializer = new RecordSerializer(type);
            List<DataRecord> records = new ArrayList<>();
            DataOutputSerializer out = new DataOutputSerializer(64);
            for (int i = 0; i < 20; i++) {
                records.add(random.record(type));
                serializer.serialize(records.get(i), out);
            }
            DataOutputSerializer copy = new DataOutputSerializer(64);
            DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
            for (DataRecord record : records) {
                serializer.copy(in, copy);
            }
            assertThat(copy.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
            in = new DataInputDeserializer(copy.getCopyOfBuffer());
            for (DataRecord record : records) {
                DataRecord read = serializer.deserialize(in);
                assertThat(read).isEqualTo(record);
                assertThat(read.origin()).isEqualTo(record.origin());
            }
            assertThat(in.available()).isZero();
        }
    }

    @Test
    void keepsATypicalRecordShort() throws IOException {
        DataRecord record = new DataRecord(
                new Object[] {"i-1", "VOICE", Instant.ofEpochMilli(1_700_000_000_123L), 3},
                new Origin("events", 2, 77));

        // flags 1, origin 7 + 1 + 2, "i-1" 4, "VOICE" 6, seconds 5 + millis 2, count 1
        assertThat(bytes(new RecordSerializer(EVENT), record)).hasSize(29);
    }

    @Test
    void sharesOneTextAmongTheOriginsOfATopic() throws IOException {
        RecordSerializer serializer = new RecordSerializer(EVENT);
        DataRecord record = new DataRecord(new Object[4], new Origin("events", 0, 1));
        byte[] bytes = bytes(serializer, record);

        DataRecord first = serializer.deserialize(new DataInputDeserializer(bytes));
        DataRecord second = serializer.deserialize(new DataInputDeserializer(bytes));

        assertThat(first.origin().topic()).isSameAs(second.origin().topic());
    }

    @Test
    void refusesARecordOfAnotherLength() {
        assertThatThrownBy(() -> bytes(new RecordSerializer(EVENT), DataRecord.of("a")))
                .hasMessageContaining("1 values")
                .hasMessageContaining("4 fields");
    }

    @Test
    void doesNotCopyWhatCannotChange() {
        RecordSerializer serializer = new RecordSerializer(EVENT);
        DataRecord record = DataRecord.of("a", null, Instant.EPOCH, 1);

        assertThat(serializer.isImmutableType()).isTrue();
        assertThat(serializer.copy(record)).isSameAs(record);
        assertThat(serializer.duplicate()).isEqualTo(serializer).isNotSameAs(serializer);
    }

    @Test
    void travelsToTheTaskManagers() throws Exception {
        RecordTypeInfo info = InstantiationUtil.clone(RecordTypeInfo.of(EVENT));
        TypeSerializer<DataRecord> serializer =
                InstantiationUtil.clone(info.createSerializer(new ExecutionConfig().getSerializerConfig()));
        DataRecord record = DataRecord.of("a", null, Instant.EPOCH, 1);

        assertThat(info).isEqualTo(RecordTypeInfo.of(EVENT));
        assertThat(serializer.deserialize(new DataInputDeserializer(bytes(serializer, record))))
                .isEqualTo(record);
    }

    static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }
}
