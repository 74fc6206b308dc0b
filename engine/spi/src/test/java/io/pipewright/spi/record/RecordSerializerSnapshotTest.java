package io.pipewright.spi.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class RecordSerializerSnapshotTest {

    private static final Field ID = Field.of("id", Scalar.STRING);
    private static final Field COUNT = Field.of("count", Scalar.INT);
    private static final Field WIDE = Field.of("count", Scalar.LONG);
    private static final RecordType OLD = RecordType.of("Old", ID, COUNT);

    @Test
    void takesTheSameFieldsAsTheyAre() throws IOException {
        assertThat(resolve(OLD, OLD.named("New")).isCompatibleAsIs()).isTrue();
        assertThat(resolve(OLD, RecordType.of("New", Field.nullable("id", Scalar.STRING), COUNT))
                        .isCompatibleAsIs())
                .isTrue();
    }

    @Test
    void givesAnAddedFieldNull() throws IOException {
        RecordType now = RecordType.of("New", Field.nullable("added", Scalar.DOUBLE), ID, COUNT);

        assertThat(migrated(OLD, now, DataRecord.of("a", 1))).isEqualTo(DataRecord.of(null, "a", 1));
        assertThat(migrated(OLD, now, DataRecord.of("a", 1)).missingField(now)).isNull();
    }

    @Test
    void tellsWhichRequiredFieldOldRecordsLack() throws IOException {
        RecordType now = RecordType.of("New", ID, COUNT, Field.of("added", Scalar.DOUBLE));
        DataRecord record = migrated(OLD, now, DataRecord.of("a", 1));

        assertThat(record).isEqualTo(DataRecord.of("a", 1, null));
        assertThat(record.missingField(now)).isEqualTo("added");
    }

    @Test
    void dropsWhatWasRemovedAndFollowsTheNewOrder() throws IOException {
        assertThat(migrated(OLD, RecordType.of("New", COUNT), DataRecord.of("a", 1)))
                .isEqualTo(DataRecord.of(1));
        assertThat(migrated(OLD, RecordType.of("New", COUNT, ID), DataRecord.of("a", 1)))
                .isEqualTo(DataRecord.of(1, "a"));
        assertThat(migrated(OLD, RecordType.of("New"), DataRecord.of("a", 1))).isEqualTo(DataRecord.of());
    }

    @Test
    void widensIntToLong() throws IOException {
        assertThat(migrated(OLD, RecordType.of("New", ID, WIDE), DataRecord.of("a", -7)))
                .isEqualTo(DataRecord.of("a", -7L));
        assertThat(migrated(OLD, RecordType.of("New", ID, WIDE), DataRecord.of("a", null)))
                .isEqualTo(DataRecord.of("a", null));
    }

    @Test
    void evolvesInsideListsMapsAndRecords() throws IOException {
        RecordType now = RecordType.of("New", Field.of("added", Scalar.STRING), WIDE);
        RecordType outer = RecordType.of(
                "Outer",
                Field.of("list", new ListType(OLD)),
                Field.of("map", new MapType(new ListType(Scalar.INT))),
                Field.of("one", OLD));
        RecordType outerNow = RecordType.of(
                "Outer",
                Field.of("one", now),
                Field.of("map", new MapType(new ListType(Scalar.LONG))),
                Field.of("list", new ListType(now)));
        DataRecord old = DataRecord.of(
                List.of(DataRecord.of("a", 1), DataRecord.of("b", 2)), Map.of("k", List.of(3)), DataRecord.of("c", 4));

        DataRecord record = migrated(outer, outerNow, old);

        assertThat(record)
                .isEqualTo(DataRecord.of(
                        DataRecord.of(null, 4L),
                        Map.of("k", List.of(3L)),
                        List.of(DataRecord.of(null, 1L), DataRecord.of(null, 2L))));
        assertThat(record.missingField(outerNow)).isEqualTo("one.added");
    }

    @Test
    void keepsTheOrigin() throws IOException {
        Origin origin = new Origin("t", 1, 2);

        assertThat(migrated(OLD, RecordType.of("New", COUNT), new DataRecord(new Object[] {"a", 1}, origin))
                        .origin())
                .isEqualTo(origin);
    }

    @Test
    void refusesEveryOtherChangeOfAType() throws IOException {
        for (Scalar was : Scalar.values()) {
            for (Scalar is : Scalar.values()) {
                boolean possible = was == is || was == Scalar.INT && is == Scalar.LONG;
                assertThat(resolve(RecordType.of("R", Field.of("f", was)), RecordType.of("R", Field.of("f", is)))
                                .isIncompatible())
                        .as("%s to %s", was, is)
                        .isEqualTo(!possible);
            }
        }
        assertThat(resolve(
                                RecordType.of("R", Field.of("f", new ListType(Scalar.STRING))),
                                RecordType.of("R", Field.of("f", Scalar.STRING)))
                        .isIncompatible())
                .isTrue();
        assertThat(resolve(
                                RecordType.of("R", Field.of("f", new MapType(Scalar.STRING))),
                                RecordType.of("R", Field.of("f", new MapType(Scalar.INT))))
                        .isIncompatible())
                .isTrue();
    }

    @Test
    void answersByThePresentTypeAlsoInRecordsReadBeforeItWasKnown() throws IOException {
        RecordSerializerSnapshot old = read(new RecordSerializer(OLD).snapshotConfiguration());
        TypeSerializer<DataRecord> restored = old.restoreSerializer().duplicate();
        DataRecord record = through(restored, DataRecord.of("a", 1));
        assertThat(record).isEqualTo(DataRecord.of("a", 1));

        RecordType now = RecordType.of("New", WIDE, Field.nullable("added", Scalar.STRING), ID);
        new RecordSerializer(now).snapshotConfiguration().resolveSchemaCompatibility(old);

        assertThat(record.size()).isEqualTo(3);
        assertThat(record).isEqualTo(DataRecord.of(1L, null, "a")).hasSameHashCodeAs(DataRecord.of(1L, null, "a"));
        assertThat(record.project(new int[] {2, 0})).isEqualTo(DataRecord.of("a", 1L));
        assertThat(through(new RecordSerializer(now), record)).isEqualTo(DataRecord.of(1L, null, "a"));
    }

    @Test
    void readsItsOwnDescriptionOfAnyType() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            RecordType type = new RandomRecords(seed).recordType(0);
            DataOutputSerializer out = new DataOutputSerializer(64);
            TypeFormat.writeRecord(type, out);
            assertThat(TypeFormat.readRecord(1, new DataInputDeserializer(out.getCopyOfBuffer())))
                    .isEqualTo(type);
        }
    }

    /** What Flink does with every value of a RocksDB state whose type changed. */
    private static DataRecord migrated(RecordType was, RecordType is, DataRecord record) throws IOException {
        RecordSerializerSnapshot old = read(new RecordSerializer(was).snapshotConfiguration());
        RecordSerializer now = new RecordSerializer(is);
        assertThat(now.snapshotConfiguration().resolveSchemaCompatibility(old).isCompatibleAfterMigration())
                .isTrue();
        DataRecord read = old.restoreSerializer()
                .deserialize(new DataInputDeserializer(RecordSerializerTest.bytes(new RecordSerializer(was), record)));
        return through(now, read);
    }

    private static TypeSerializerSchemaCompatibility<DataRecord> resolve(RecordType was, RecordType is)
            throws IOException {
        return new RecordSerializer(is)
                .snapshotConfiguration()
                .resolveSchemaCompatibility(read(new RecordSerializer(was).snapshotConfiguration()));
    }

    private static DataRecord through(TypeSerializer<DataRecord> serializer, DataRecord record) throws IOException {
        return serializer.deserialize(new DataInputDeserializer(RecordSerializerTest.bytes(serializer, record)));
    }

    private static RecordSerializerSnapshot read(TypeSerializerSnapshot<DataRecord> snapshot) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);
        return (RecordSerializerSnapshot) TypeSerializerSnapshot.<DataRecord>readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), RecordSerializerSnapshotTest.class.getClassLoader());
    }
}
