package io.pipewright.spi.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordKeySelector;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random streams with snapshots, restores and other parallelisms, against a sorted list. */
class EventTimeBufferTest {

    private static final int MAX_PARALLELISM = 16;
    private static final int KEYS = 7;

    /** A record that was fed, and so is expected once. */
    private record Fed(String key, int channel, long time, int number) {}

    private static Stream<Arguments> runs() {
        List<Arguments> runs = new ArrayList<>();
        for (int capacity : new int[] {1, 3, 20, EventTimeBuffer.CAPACITY}) {
            for (long seed = 1; seed <= 6; seed++) {
                runs.add(Arguments.of("heap", capacity, seed));
            }
            runs.add(Arguments.of("rocksdb", capacity, 7L));
        }
        return runs.stream();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void handsOutEveryRecordOnceInTheOrderOfItsKey(String backend, int capacity, long seed) throws Exception {
        Random random = new Random(seed);
        List<Fed> waiting = new ArrayList<>();
        long watermark = Long.MIN_VALUE;
        Job job = new Job(backend, capacity);
        Saved saved = job.save(waiting, watermark);
        try {
            for (int number = 0; number < 400; number++) {
                // A spread of several seconds lets records overflow into several buckets, and equal times happen.
                long now = number * 40L;
                long time = Math.max(watermark + 1, now + (random.nextInt(4_000) / 100 - 10) * 100L);
                Fed fed = new Fed("k" + random.nextInt(KEYS), random.nextInt(2), time, number);
                job.feed(fed);
                waiting.add(fed);
                if (random.nextInt(8) == 0) {
                    watermark = Math.max(watermark, now - random.nextInt(1_000));
                    job.expectAt(watermark, waiting);
                }
                if (random.nextInt(20) == 0) {
                    saved = job.save(waiting, watermark);
                }
                if (random.nextInt(30) == 0) {
                    job.restore(saved, 1 + random.nextInt(3));
                    waiting = new ArrayList<>(saved.waiting);
                    watermark = saved.watermark;
                }
            }
            assertThat(job.mostOnHeap()).isLessThanOrEqualTo(capacity);
            job.expectAt(Long.MAX_VALUE, waiting);
            assertThat(waiting).isEmpty();
            job.restore(job.save(waiting, Long.MAX_VALUE), 1);
            job.expectAt(Long.MAX_VALUE, waiting);
        } finally {
            job.close();
        }
    }

    @Test
    void timesCenturiesApartAreInOrderToo() throws Exception {
        long[] times = {Long.MAX_VALUE, 0, Long.MIN_VALUE + 1, 5, Long.MAX_VALUE - 1, -5};
        for (int capacity : new int[] {2, 100}) {
            List<Fed> waiting = new ArrayList<>();
            Job job = new Job("heap", capacity);
            try {
                for (int i = 0; i < times.length; i++) {
                    Fed fed = new Fed("k", i % 2, times[i], i);
                    job.feed(fed);
                    waiting.add(fed);
                }
                job.expectAt(Long.MIN_VALUE, waiting);
                job.expectAt(Long.MAX_VALUE, waiting);
            } finally {
                job.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void whatWaitsEvolvesByTheNamesOfItsFields(String backend) throws Exception {
        RecordType edited = RecordType.of(
                "Edited",
                Field.nullable("added", Scalar.STRING),
                Field.of("number", Scalar.LONG),
                Field.of("key", Scalar.STRING));
        for (int capacity : new int[] {1, 10}) {
            OperatorSubtaskState snapshot;
            Job job = new Job(backend, capacity);
            try {
                for (int i = 0; i < 4; i++) {
                    job.feed(new Fed("a", i % 2, 10 - i, i));
                }
                snapshot = job.subtasks.get(0).harness.snapshot(1, 1);
            } finally {
                job.close();
            }
            BufferingOperator operator = new BufferingOperator(edited, BufferingOperator.SECOND, capacity);
            try (var harness = harness(operator, backend, 1, 0)) {
                harness.initializeState(snapshot);
                harness.open();
                harness.processWatermark(new Watermark(20));
                assertThat(harness.extractOutputValues())
                        .containsExactly(
                                DataRecord.of(3, "a"),
                                DataRecord.of(null, 2L, "a"),
                                DataRecord.of(1, "a"),
                                DataRecord.of(null, 0L, "a"));
            }
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord> harness(
            BufferingOperator operator, String backend, int parallelism, int subtask) throws Exception {
        RecordKeySelector key = new RecordKeySelector(BufferingOperator.INPUT, List.of("key"));
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                operator, key, key.getProducedType(), MAX_PARALLELISM, parallelism, subtask);
        harness.setStateBackend(backend.equals("heap") ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend());
        return harness;
    }

    /** A checkpoint, with what waited at that time. */
    private record Saved(OperatorSubtaskState state, int parallelism, List<Fed> waiting, long watermark) {}

    /** One subtask and how much of its output was looked at. */
    private static final class Subtask {

        private final BufferingOperator operator;
        private final KeyedOneInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord> harness;
        private int seen;

        Subtask(String backend, int capacity, int parallelism, int subtask) throws Exception {
            operator = new BufferingOperator(BufferingOperator.FIRST, BufferingOperator.SECOND, capacity);
            harness = harness(operator, backend, parallelism, subtask);
        }

        List<Fed> newRows() {
            List<StreamRecord<? extends DataRecord>> rows = new ArrayList<>(harness.extractOutputStreamRecords());
            List<Fed> found = new ArrayList<>();
            for (StreamRecord<? extends DataRecord> row : rows.subList(seen, rows.size())) {
                boolean first = row.getValue().get(0) instanceof String;
                Object key = row.getValue().get(first ? 0 : 1);
                Object number = row.getValue().get(first ? 1 : 0);
                found.add(new Fed((String) key, first ? 0 : 1, row.getTimestamp(), (Integer) number));
            }
            seen = rows.size();
            return found;
        }
    }

    /** The operator at some parallelism. */
    private static final class Job {

        private final String backend;
        private final int capacity;
        private List<Subtask> subtasks = new ArrayList<>();
        private long checkpoints;
        private int mostOnHeap;

        Job(String backend, int capacity) throws Exception {
            this.backend = backend;
            this.capacity = capacity;
            Subtask only = new Subtask(backend, capacity, 1, 0);
            only.harness.open();
            subtasks.add(only);
        }

        void feed(Fed fed) throws Exception {
            int subtask = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                    RecordKey.of(fed.key), MAX_PARALLELISM, subtasks.size());
            subtasks.get(subtask)
                    .harness
                    .processElement(new StreamRecord<>(DataRecord.of(fed.key, fed.channel, fed.number), fed.time));
        }

        void expectAt(long watermark, List<Fed> waiting) throws Exception {
            List<Fed> rows = new ArrayList<>();
            for (Subtask subtask : subtasks) {
                subtask.harness.processWatermark(new Watermark(watermark));
                rows.addAll(subtask.newRows());
            }
            List<Fed> due =
                    waiting.stream().filter(fed -> fed.time <= watermark).toList();
            for (int i = 0; i <= KEYS; i++) {
                String key = i == KEYS ? "k" : "k" + i;
                assertThat(rows.stream().filter(row -> row.key.equals(key)))
                        .containsExactlyElementsOf(due.stream()
                                .filter(fed -> fed.key.equals(key))
                                .sorted(Comparator.comparingLong(Fed::time)
                                        .thenComparingInt(Fed::channel)
                                        .thenComparingInt(Fed::number))
                                .toList());
            }
            waiting.removeAll(due);
        }

        Saved save(List<Fed> waiting, long watermark) throws Exception {
            checkpoints++;
            List<OperatorSubtaskState> states = new ArrayList<>();
            for (Subtask subtask : subtasks) {
                states.add(subtask.harness.snapshot(checkpoints, checkpoints));
            }
            OperatorSubtaskState all =
                    AbstractStreamOperatorTestHarness.repackageState(states.toArray(new OperatorSubtaskState[0]));
            return new Saved(all, subtasks.size(), new ArrayList<>(waiting), watermark);
        }

        void restore(Saved saved, int parallelism) throws Exception {
            close();
            for (int i = 0; i < parallelism; i++) {
                Subtask subtask = new Subtask(backend, capacity, parallelism, i);
                subtask.harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        saved.state, MAX_PARALLELISM, saved.parallelism, parallelism, i));
                subtask.harness.open();
                subtasks.add(subtask);
            }
        }

        int mostOnHeap() {
            subtasks.forEach(subtask -> mostOnHeap = Math.max(mostOnHeap, subtask.operator.mostOnHeap()));
            return mostOnHeap;
        }

        void close() throws Exception {
            mostOnHeap();
            for (Subtask subtask : subtasks) {
                subtask.harness.close();
            }
            subtasks = new ArrayList<>();
        }
    }
}
