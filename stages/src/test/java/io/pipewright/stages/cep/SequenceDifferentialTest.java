package io.pipewright.stages.cep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordKeySelector;
import io.pipewright.spi.record.RecordSerializer;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.cep.CepOptions.Matcher;
import io.pipewright.stages.harness.Backend;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestBuild;
import io.pipewright.stages.harness.TestPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our matcher against Flink CEP's operator, over random patterns and streams: equal matches and equal partial matches
 * that ran out of time, with their times and, for each key, in their order.
 *
 * <p>Ours is crashed, rescaled and short of room now and then, on both state backends; Flink's never is. A failure tells
 * the least pattern and stream that could be found for it.
 */
class SequenceDifferentialTest {

    private static final int PATTERNS = 520;
    private static final int PER_TEST = 20;
    private static final int KEYS = 200;
    private static final int TICKS = 16;
    private static final int MAX_PARALLELISM = 128;

    /**
     * Where and with how much room for runs the side under test runs, how the events of a key come to it, and whether
     * anybody reads what runs out of time: if not, it need not be found at its time.
     */
    private record Place(Backend backend, int room, Order order, boolean tellsTimedOut) {

        TriedStream ordered(TriedStream stream) {
            return switch (order) {
                case ANY -> stream;
                case BY_TIME -> stream.byTime(false);
                case BY_TIME_AFTER_A_CRASH -> stream.byTime(true);
            };
        }

        boolean inOrder(boolean restored) {
            return order == Order.BY_TIME || order == Order.BY_TIME_AFTER_A_CRASH && restored;
        }
    }

    /** Ours is told when they come by time, and then does not wait for the watermark. Flink's gets them in any order. */
    private enum Order {
        ANY,
        BY_TIME,
        BY_TIME_AFTER_A_CRASH
    }

    /** What a side found: for each key the matches and what ran out of time, each in order; and how many were late. */
    private record Found(Map<Long, List<String>> matches, Map<Long, List<String>> timedOut, int late) {

        Found seen(Place place) {
            return place.tellsTimedOut ? this : new Found(matches, Map.of(), late);
        }

        boolean differsIn(int key, Found other) {
            Long each = (long) key;
            return !Objects.equals(matches.get(each), other.matches.get(each))
                    || !Objects.equals(timedOut.get(each), other.timedOut.get(each));
        }
    }

    static List<Integer> firstSeeds() {
        return IntStream.range(0, PATTERNS / PER_TEST)
                .map(i -> i * PER_TEST)
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("firstSeeds")
    void whatIsFoundIsWhatFlinkFindsInItsOrder(int firstSeed) throws Exception {
        int keysWithMatches = 0;
        int keysWithTimeouts = 0;
        for (int seed = firstSeed; seed < firstSeed + PER_TEST; seed++) {
            Random random = new Random(seed);
            TriedPattern pattern = TriedPattern.random(random);
            TriedStream stream = TriedStream.random(random, KEYS, TICKS);
            Place place = new Place(
                    seed % 10 == 0 ? Backend.ROCKSDB : Backend.HEAP,
                    random.nextInt(3) == 0 ? random.nextInt(400) : SequenceOperator.ROOM,
                    Order.values()[seed % Order.values().length],
                    random.nextInt(3) > 0);
            Found found = compare(seed, pattern, stream, place);
            keysWithMatches += found.matches.size();
            keysWithTimeouts += found.timedOut.size();
        }
        assertThat(keysWithMatches).as("keys with matches").isGreaterThan(PER_TEST * KEYS / 10);
        assertThat(keysWithTimeouts).as("keys with timeouts").isGreaterThan(PER_TEST * KEYS / 10);
    }

    private static Found compare(int seed, TriedPattern pattern, TriedStream stream, Place place) throws Exception {
        Found ours = ours(pattern, stream, place);
        Found all = flinks(pattern, stream);
        Found flinks = all.seen(place);
        if (ours.equals(flinks)) {
            return all;
        }
        TriedStream one = IntStream.range(0, KEYS)
                .filter(key -> ours.differsIn(key, flinks))
                .mapToObj(stream::ofKey)
                .findFirst()
                .orElse(stream);
        TriedStream least =
                (differs(pattern, one, place) ? one : stream).shrunk(fewer -> differs(pattern, fewer, place));
        return fail("Seed " + seed + ", " + place + "\n" + pattern + "\n" + least + "\nours:   "
                + ours(pattern, least, place) + "\nFlink's: " + flinks(pattern, least));
    }

    private static boolean differs(TriedPattern pattern, TriedStream stream, Place place) {
        try {
            return !ours(pattern, stream, place).equals(flinks(pattern, stream).seen(place));
        } catch (Exception failed) {
            return true;
        }
    }

    private static Found ours(TriedPattern tried, TriedStream stream, Place place) throws Exception {
        CepPlan plan = StageRun.plan(new CepType(), tried.options(Matcher.AUTO), TestPlan.from(TriedPattern.EVENT));
        Map<String, RecordType> read = new LinkedHashMap<>();
        plan.outputs().forEach(port -> read.put(port.name(), port.type()));
        if (!place.tellsTimedOut) {
            read.remove(CepPlan.TIMED_OUT);
        }
        TestBuild build = new TestBuild(Map.of(StagePlan.FROM, TriedPattern.EVENT), read, ErrorPolicy.DEAD_LETTER);
        try (Side side = new Side(
                restored -> CepBuilder.operator(plan, build, place.room, place.inOrder(restored)),
                place.backend,
                plan.outputs().get(0).type(),
                tried.within() == 0 || !place.tellsTimedOut ? null : build.tag(CepPlan.TIMED_OUT),
                build.tag(OutputPort.LATE))) {
            side.feed(place.ordered(stream));
            return side.found();
        }
    }

    private static Found flinks(TriedPattern tried, TriedStream stream) throws Exception {
        OutputTag<DataRecord> timedOut = new OutputTag<>("timedOut", RecordTypeInfo.of(tried.found()));
        OutputTag<DataRecord> late = new OutputTag<>("late", RecordTypeInfo.of(TriedPattern.EVENT));
        Pattern<DataRecord, DataRecord> pattern = tried.written();
        try (Side side = new Side(
                restored -> new CepOperator<>(
                        new RecordSerializer(TriedPattern.EVENT),
                        false,
                        NFACompiler.compileFactory(pattern, true),
                        null,
                        pattern.getAfterMatchSkipStrategy(),
                        new TriedPattern.Numbers(tried.takers(), timedOut),
                        late),
                Backend.HEAP,
                tried.found(),
                timedOut,
                late)) {
            side.feed(new TriedStream(stream.happenings().stream()
                    .filter(happening -> !(happening instanceof TriedStream.Crash))
                    .toList()));
            return side.found();
        }
    }

    /** One of the two operators in a harness, or in as many as it has subtasks. */
    private static final class Side implements AutoCloseable {

        private static final RecordKeySelector KEY = new RecordKeySelector(TriedPattern.EVENT, List.of("key"));

        private final Maker maker;
        private final Backend backend;
        private final RecordType row;
        private final OutputTag<DataRecord> timedOut;
        private final OutputTag<DataRecord> late;
        private final Map<Long, List<String>> matches = new TreeMap<>();
        private final Map<Long, List<String>> ranOut = new TreeMap<>();
        private final Map<Integer, String> keys = new HashMap<>();
        private List<KeyedOneInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord>> subtasks;
        private int lateOnes;

        private interface Maker {
            OneInputStreamOperator<DataRecord, DataRecord> make(boolean restored);
        }

        Side(Maker maker, Backend backend, RecordType row, OutputTag<DataRecord> timedOut, OutputTag<DataRecord> late)
                throws Exception {
            this.maker = maker;
            this.backend = backend;
            this.row = row;
            this.timedOut = timedOut;
            this.late = late;
            subtasks = start(1, null, 1);
        }

        private List<KeyedOneInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord>> start(
                int parallelism, OperatorSubtaskState state, int before) throws Exception {
            List<KeyedOneInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord>> all = new ArrayList<>();
            for (int i = 0; i < parallelism; i++) {
                var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                        maker.make(state != null), KEY, KEY.getProducedType(), MAX_PARALLELISM, parallelism, i);
                harness.setStateBackend(backend.open());
                harness.setup(new RecordSerializer(row));
                if (state != null) {
                    harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            state, MAX_PARALLELISM, before, parallelism, i));
                }
                harness.open();
                all.add(harness);
            }
            return all;
        }

        void feed(TriedStream stream) throws Exception {
            for (TriedStream.Happening happening : stream.happenings()) {
                if (happening instanceof TriedStream.Fed fed) {
                    DataRecord record = DataRecord.of(
                            keys.computeIfAbsent(fed.key(), key -> "k" + key),
                            String.valueOf(fed.letter()),
                            fed.number());
                    subtaskOf(record).processElement(new StreamRecord<>(record, fed.time()));
                } else if (happening instanceof TriedStream.Reached reached) {
                    for (var subtask : subtasks) {
                        subtask.processWatermark(new Watermark(reached.watermark()));
                    }
                } else if (happening instanceof TriedStream.Crash crash) {
                    crash(crash.subtasks());
                }
            }
        }

        private KeyedOneInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord> subtaskOf(DataRecord record) {
            return subtasks.size() == 1
                    ? subtasks.get(0)
                    : subtasks.get(KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            KEY.getKey(record), MAX_PARALLELISM, subtasks.size()));
        }

        private void crash(int parallelism) throws Exception {
            List<OperatorSubtaskState> states = new ArrayList<>();
            for (var subtask : subtasks) {
                states.add(subtask.snapshot(1, 1));
            }
            int before = subtasks.size();
            collect();
            subtasks = start(
                    parallelism,
                    AbstractStreamOperatorTestHarness.repackageState(states.toArray(OperatorSubtaskState[]::new)),
                    before);
        }

        Found found() throws Exception {
            collect();
            subtasks = List.of();
            return new Found(matches, ranOut, lateOnes);
        }

        private void collect() throws Exception {
            for (var subtask : subtasks) {
                for (StreamRecord<? extends DataRecord> match : subtask.extractOutputStreamRecords()) {
                    add(matches, match.getValue(), match.getTimestamp());
                }
                var partial = timedOut == null ? null : subtask.getSideOutput(timedOut);
                if (partial != null) {
                    for (StreamRecord<DataRecord> each : partial) {
                        boolean events = each.getValue().toString().contains("k");
                        add(
                                ranOut,
                                events ? TriedPattern.numbersOf(each.getValue()) : each.getValue(),
                                each.getTimestamp());
                    }
                }
                var lates = subtask.getSideOutput(late);
                lateOnes += lates == null ? 0 : lates.size();
                subtask.close();
            }
        }

        private static void add(Map<Long, List<String>> found, DataRecord numbers, long time) {
            long key = ((Long) ((List<?>) numbers.get(0)).get(0)) / TriedStream.NUMBERS;
            found.computeIfAbsent(key, each -> new ArrayList<>()).add(numbers + " at " + time);
        }

        @Override
        public void close() throws Exception {
            for (var subtask : subtasks) {
                subtask.close();
            }
        }
    }
}
