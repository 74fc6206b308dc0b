package io.pipewright.stages.join;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordSerializer;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The records of one input that later ones of the other may still meet, of the current key, in the order of their times.
 *
 * <p>To look for partners reads all of them, so what is kept of a key is meant to be little: what comes within the bounds
 * of the join.
 */
final class KeptRecords {

    private final ListState<DataRecord> state;

    KeptRecords(String name, RecordType layout, RuntimeContext context) {
        state = context.getListState(new ListStateDescriptor<>(name, new RecordSerializer(type(layout))));
    }

    /**
     * A record with its time, and whether one has met it, which is null for a record that cannot come out alone; of those
     * that have, the nearest times before and after its own.
     */
    private static RecordType type(RecordType layout) {
        return RecordType.of(
                "kept",
                Field.of("time", Scalar.LONG),
                Field.nullable("met", Scalar.BOOLEAN),
                Field.nullable("before", Scalar.LONG),
                Field.nullable("after", Scalar.LONG),
                Field.of("record", layout));
    }

    /** One of the records. */
    record Kept(DataRecord entry) {

        long time() {
            return (Long) value(0);
        }

        /** The latest time, not after its own, of a record that met it. */
        @Nullable
        Long before() {
            return (Long) entry.get(2);
        }

        /** The earliest time, not before its own, of a record that met it. */
        @Nullable
        Long after() {
            return (Long) entry.get(3);
        }

        /** Whether it comes out alone where nothing meets it; not if it was met before the times of that were kept. */
        boolean mayBeAlone() {
            Object met = entry.get(1);
            return Boolean.FALSE.equals(met) || (met != null && (before() != null || after() != null));
        }

        /** The same after a record of this time has met it. */
        Kept met(long time) {
            return new Kept(DataRecord.of(time(), true, before(), time, record()));
        }

        DataRecord record() {
            return (DataRecord) value(4);
        }

        private Object value(int position) {
            Object value = entry.get(position);
            if (value == null) {
                throw new IllegalStateException("A kept record lacks its time or its values.");
            }
            return value;
        }
    }

    List<Kept> all() throws Exception {
        List<Kept> all = new ArrayList<>();
        for (DataRecord entry : state.get()) {
            all.add(new Kept(entry));
        }
        return all;
    }

    /**
     * Keeps one.
     *
     * @param outer whether it comes out alone where nothing meets it
     * @param before as {@link Kept#before}
     */
    void add(long time, DataRecord record, boolean outer, @Nullable Long before) throws Exception {
        state.add(DataRecord.of(time, outer ? before != null : null, outer ? before : null, null, record));
    }

    void replace(List<Kept> all) throws Exception {
        if (all.isEmpty()) {
            state.clear();
        } else {
            state.update(all.stream().map(Kept::entry).toList());
        }
    }
}
