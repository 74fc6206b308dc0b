package io.pipewright.spi.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records in real state backends, restored by a job whose record type was edited. */
class StateEvolutionTest {

    private static final RecordType INPUT =
            RecordType.of("Input", Field.of("id", Scalar.STRING), Field.of("count", Scalar.INT));
    private static final RecordType EDITED = RecordType.of(
            "Edited",
            Field.of("count", Scalar.LONG),
            Field.nullable("tier", Scalar.STRING),
            Field.of("id", Scalar.STRING));

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void readsOldValuesByTheNamesOfTheirFields(String backend) throws Exception {
        OperatorSubtaskState snapshot = written(backend);

        Remembering operator = new Remembering(EDITED);
        try (var harness = harness(operator, backend)) {
            harness.initializeState(snapshot);
            harness.open();
            assertThat(operator.all("a")).containsExactly(old(2), old(1), old(2), old(1), old(2), old(1), old(2));
            harness.processElement(new StreamRecord<>(DataRecord.of("a", 3)));
            snapshot = harness.snapshot(2, 2);
        }

        // What was restored is written again in the new form, and read by a job without a change.
        operator = new Remembering(EDITED);
        try (var harness = harness(operator, backend)) {
            harness.initializeState(snapshot);
            harness.open();
            assertThat(operator.all("a"))
                    .containsExactly(
                            DataRecord.of(3L, "new", "a"),
                            old(1),
                            old(2),
                            DataRecord.of(3L, "new", "a"),
                            old(1),
                            old(2),
                            DataRecord.of(3L, "new", "a"),
                            old(1),
                            old(2),
                            DataRecord.of(3L, "new", "a"));
            assertThat(operator.all("a").get(1).origin()).isEqualTo(new Origin("topic", 0, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void refusesATypeThatOldValuesDoNotFit(String backend) throws Exception {
        OperatorSubtaskState snapshot = written(backend);
        RecordType unfit = RecordType.of("Unfit", Field.of("id", Scalar.LONG));

        try (var harness = harness(new Remembering(unfit), backend)) {
            assertThatThrownBy(() -> {
                        harness.initializeState(snapshot);
                        harness.open();
                    })
                    .hasStackTraceContaining("incompatible");
        }
    }

    private static DataRecord old(long count) {
        return DataRecord.of(count, null, "a");
    }

    private static OperatorSubtaskState written(String backend) throws Exception {
        try (var harness = harness(new Remembering(INPUT), backend)) {
            harness.open();
            for (int i = 1; i <= 2; i++) {
                harness.processElement(
                        new StreamRecord<>(new DataRecord(new Object[] {"a", i}, new Origin("topic", 0, i))));
            }
            return harness.snapshot(1, 1);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord> harness(
            Remembering operator, String backend) throws Exception {
        RecordKeySelector keys = new RecordKeySelector(INPUT, List.of("id"));
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(operator, keys, keys.getProducedType());
        StateBackend state = backend.equals("heap") ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend();
        harness.setStateBackend(state);
        harness.setup(new RecordSerializer(INPUT));
        return harness;
    }

    /** Keeps what it gets in every kind of state, in the record type it was made for. */
    private static final class Remembering extends AbstractStreamOperator<DataRecord>
            implements OneInputStreamOperator<DataRecord, DataRecord> {

        private final RecordType type;
        private transient ValueState<DataRecord> latest;
        private transient ListState<DataRecord> list;
        private transient MapState<Integer, DataRecord> map;
        private transient ListState<DataRecord> unkeyed;

        Remembering(RecordType type) {
            this.type = type;
        }

        @Override
        public void initializeState(StateInitializationContext context) throws Exception {
            super.initializeState(context);
            RecordTypeInfo info = RecordTypeInfo.of(type);
            latest = context.getKeyedStateStore().getState(new ValueStateDescriptor<>("latest", info));
            list = context.getKeyedStateStore().getListState(new ListStateDescriptor<>("list", info));
            map = context.getKeyedStateStore().getMapState(new MapStateDescriptor<>("map", Types.INT, info));
            unkeyed = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("unkeyed", info));
        }

        @Override
        public void processElement(StreamRecord<DataRecord> element) throws Exception {
            DataRecord input = element.getValue();
            Object[] values = new Object[type.size()];
            values[type.position("id")] = input.get(0);
            int count = (Integer) input.get(1);
            if (type.indexOf("tier") >= 0) {
                values[type.position("tier")] = "new";
                values[type.position("count")] = (long) count;
            } else {
                values[type.position("count")] = count;
            }
            DataRecord record = new DataRecord(values, input.origin());
            latest.update(record);
            list.add(record);
            map.put(count, record);
            unkeyed.add(record);
        }

        List<DataRecord> all(String id) throws Exception {
            setCurrentKey(RecordKey.of(id));
            List<DataRecord> records = new ArrayList<>(List.of(latest.value()));
            list.get().forEach(records::add);
            for (int i = 1; i <= 3; i++) {
                if (map.contains(i)) {
                    records.add(map.get(i));
                }
            }
            unkeyed.get().forEach(records::add);
            return records;
        }
    }
}
