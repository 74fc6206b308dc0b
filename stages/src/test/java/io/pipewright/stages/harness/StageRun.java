package io.pipewright.stages.harness;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import io.pipewright.testkit.Emitted;
import io.pipewright.testkit.JobHarness;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Runs one stage, planned and built as in a pipeline, without generic types and without generated uids.
 *
 * <p>Records are fed by the full types of the inputs; the stage sees the fields that it says it reads.
 */
public final class StageRun implements AutoCloseable {

    private final JobHarness job;
    private final Map<String, RecordType> logical;
    private final Map<String, RecordType> physical;
    private final boolean crashing;

    private StageRun(
            JobHarness job, Map<String, RecordType> logical, Map<String, RecordType> physical, boolean crashing) {
        this.job = job;
        this.logical = logical;
        this.physical = physical;
        this.crashing = crashing;
    }

    /** Plans the stage; fails if anything was reported. */
    public static <O extends Record, P extends StagePlan> P plan(StageType<O, P> type, O options, TestPlan context) {
        return type.plan(options, context)
                .orElseThrow(() -> new AssertionError(context.problems().toString()));
    }

    /** Starts a stage all of whose outputs are read. */
    public static <O extends Record, P extends StagePlan> StageRun start(
            StageType<O, P> type, O options, TestPlan context, boolean crashing) {
        P plan = plan(type, options, context);
        Map<String, RecordType> read = new LinkedHashMap<>();
        plan.outputs().forEach(port -> read.put(port.name(), port.type()));
        return start(type, plan, context, read, ErrorPolicy.DEAD_LETTER, crashing);
    }

    /** @param crashing whether the stage is crashed and restored after every record and watermark */
    public static <O extends Record, P extends StagePlan> StageRun start(
            StageType<O, P> type,
            P plan,
            TestPlan context,
            Map<String, RecordType> read,
            ErrorPolicy policy,
            boolean crashing) {
        Map<String, Set<String>> readOfOutputs = new LinkedHashMap<>();
        read.forEach((port, layout) -> readOfOutputs.put(port, new LinkedHashSet<>(layout.names())));
        Map<String, Set<String>> needed = plan.fieldsRead(readOfOutputs);
        Map<String, RecordType> physical = new LinkedHashMap<>();
        context.inputs().forEach((name, input) -> physical.put(name, input.project(needed.get(name))));
        StreamExecutionEnvironment environment = environment();
        Streams inputs = Streams.none();
        for (Map.Entry<String, RecordType> input : physical.entrySet()) {
            RecordType layout = input.getValue();
            inputs = inputs.with(
                    input.getKey(),
                    environment
                            .fromData(
                                    List.of(new DataRecord(new Object[layout.size()], null)), RecordTypeInfo.of(layout))
                            .uid(input.getKey()));
        }
        Streams outputs = type.builder().get().build(plan, inputs, new TestBuild(physical, read, policy));
        outputs.byName().forEach((port, stream) -> collect(stream, port));
        return new StageRun(start(environment), context.inputs(), physical, crashing);
    }

    public static StreamExecutionEnvironment environment() {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        environment.setParallelism(1);
        environment.setMaxParallelism(128);
        return environment;
    }

    public static void collect(DataStream<?> stream, String port) {
        @SuppressWarnings("unchecked")
        DataStream<Object> any = (DataStream<Object>) stream;
        any.sinkTo(new DiscardingSink<>()).uid("sink/" + sink(port));
    }

    private static String sink(String port) {
        return port.isEmpty() ? "main" : port;
    }

    public static JobHarness start(StreamExecutionEnvironment environment) {
        return JobHarness.start(
                environment,
                uid -> uid.startsWith("sink/") ? Optional.of(uid.substring("sink/".length())) : Optional.empty());
    }

    /** Feeds {@code from} with the values of a record. */
    public StageRun feed(long time, Object... values) {
        return feedTo(StagePlan.FROM, time, values);
    }

    public StageRun feedTo(String input, long time, Object... values) {
        return feedRecord(input, time, new DataRecord(values, new Origin("topic", 0, time)));
    }

    public StageRun feedRecord(String input, Long time, DataRecord record) {
        RecordType full = logical.get(input);
        int[] positions =
                physical.get(input).names().stream().mapToInt(full::position).toArray();
        job.feed(input, record.project(positions), time);
        return crashIfAsked();
    }

    /** Moves the watermark of all inputs. */
    public StageRun watermark(long time) {
        physical.keySet().forEach(input -> job.watermark(input, time));
        return crashIfAsked();
    }

    public StageRun watermark(String input, long time) {
        job.watermark(input, time);
        return this;
    }

    private StageRun crashIfAsked() {
        return crashing ? crash() : this;
    }

    /** Snapshot and restore; the watermark is forgotten. */
    public StageRun crash() {
        job.crash();
        return this;
    }

    public StageRun end() {
        job.end();
        return this;
    }

    /** The records of the main output so far. */
    public List<DataRecord> rows() {
        return rows(OutputPort.MAIN);
    }

    public List<DataRecord> rows(String port) {
        return job.collected(sink(port)).stream()
                .map(emitted -> (DataRecord) emitted.value())
                .toList();
    }

    /** The records of a port so far, each with its time. */
    public List<Emitted> emitted(String port) {
        return job.collected(sink(port));
    }

    public List<Long> times(String port) {
        return job.collected(sink(port)).stream().map(Emitted::eventTime).toList();
    }

    /** What failed so far, each as {@code code: reason}. */
    public List<String> failures() {
        return rows(OutputPort.ERRORS).stream()
                .map(failure -> failure.get(1) + ": " + failure.get(2))
                .toList();
    }

    @Override
    public void close() {
        job.close();
    }
}
