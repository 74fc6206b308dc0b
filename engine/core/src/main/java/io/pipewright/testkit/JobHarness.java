package io.pipewright.testkit;

import io.pipewright.testkit.JobTopology.Edge;
import io.pipewright.testkit.JobTopology.Vertex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.DynamicCodeLoadingException;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Runs a job that was built for Flink by method calls: the test feeds its sources, moves its time, crashes it, and reads
 * what reaches its sinks. See the package for the model.
 *
 * <p>Every call returns when the job has come to rest: what was fed has reached the sinks or is kept in state. To be
 * used by one thread, the one that made it. It is one file because feeding, time, crashes and the end all move the same
 * operators.
 */
public final class JobHarness implements AutoCloseable {

    /** Flink's, for a parallelism of 1. */
    private static final int DEFAULT_MAX_PARALLELISM = 128;

    private final JobTopology topology;
    private final RunningOperators operators;
    private final Map<Integer, Vertex> vertices = new HashMap<>();
    private final Map<Integer, WatermarkValve> valves = new HashMap<>();
    private final Map<String, List<Emitted>> collected = new HashMap<>();
    private final Map<String, Long> watermarks = new HashMap<>();
    private long processingTime;
    private long checkpoint;
    private boolean ended;

    private JobHarness(JobTopology topology, RunningOperators operators, long clock) {
        this.topology = topology;
        this.operators = operators;
        this.processingTime = clock;
        topology.vertices().forEach(vertex -> vertices.put(vertex.id(), vertex));
    }

    /**
     * Starts the job that has been added to an environment, which is left as it is, on the state backend that the
     * environment is configured for.
     *
     * @param sinkOf by an operator's uid (the name, where it has none), the name of the sink that it belongs to and that
     *     collects what it would have been given; empty for an operator that is to be run. Sources are never run.
     */
    public static JobHarness start(StreamExecutionEnvironment environment, Function<String, Optional<String>> sinkOf) {
        return start(environment, sinkOf, 0);
    }

    /** @param clock where the clock of all operators starts, in milliseconds since the epoch */
    static JobHarness start(
            StreamExecutionEnvironment environment, Function<String, Optional<String>> sinkOf, long clock) {
        StreamGraph graph = environment.getStreamGraph(false);
        int maxParallelism =
                environment.getMaxParallelism() > 0 ? environment.getMaxParallelism() : DEFAULT_MAX_PARALLELISM;
        JobTopology topology = JobTopology.of(graph, sinkOf, maxParallelism);
        RunningOperators operators =
                new RunningOperators(topology, graph.getExecutionConfig(), stateBackend(environment));
        JobHarness harness = new JobHarness(topology, operators, clock);
        try {
            harness.start(Map.of());
        } catch (RuntimeException | Error failed) {
            operators.end();
            throw failed;
        }
        return harness;
    }

    private static StateBackend stateBackend(StreamExecutionEnvironment environment) {
        try {
            return StateBackendLoader.loadStateBackendFromConfig(
                    environment.getConfiguration(), JobHarness.class.getClassLoader(), null);
        } catch (DynamicCodeLoadingException | IOException e) {
            throw new IllegalArgumentException("The job's state backend is not there: " + e.getMessage(), e);
        }
    }

    private void start(Map<Integer, OperatorSubtaskState> states) {
        for (Vertex vertex : topology.vertices()) {
            valves.put(vertex.id(), new WatermarkValve(vertex.channels()));
        }
        operators.start(states, processingTime);
        topology.vertices().forEach(this::drain);
    }

    /** The uids of the sources. */
    public List<String> sources() {
        return topology.sources();
    }

    /**
     * Lets a source emit a record.
     *
     * @param source the uid
     * @param eventTime milliseconds since the epoch, or null for a record without event time
     */
    public void feed(String source, Object record, @Nullable Long eventTime) {
        StreamRecord<Object> element = new StreamRecord<>(record);
        if (eventTime != null) {
            element.setTimestamp(eventTime);
        }
        emit(source(source), element);
    }

    /**
     * Lets a source emit a watermark.
     *
     * @param millis milliseconds since the epoch; not below the last one, unless the job has crashed since
     */
    public void watermark(String source, long millis) {
        Vertex vertex = source(source);
        long last = watermarks.getOrDefault(source, Long.MIN_VALUE);
        if (millis < last) {
            throw new IllegalArgumentException(
                    "The watermark of `" + source + "` cannot go back from " + last + " to " + millis + ".");
        }
        watermarks.put(source, millis);
        emit(vertex, new Watermark(millis));
    }

    /**
     * Moves the clock of all operators. Timers up to that moment fire, every operator's before any other sees what they
     * emit; where one operator's timer is to start another's, move the clock in smaller steps.
     *
     * @param millis milliseconds since the epoch; the clock starts at 0 unless it was told otherwise
     */
    public void processingTime(long millis) {
        checkRunning();
        if (millis < processingTime) {
            throw new IllegalArgumentException(
                    "The clock cannot go back from " + processingTime + " to " + millis + ".");
        }
        processingTime = millis;
        for (Vertex vertex : topology.vertices()) {
            operators.on(vertex, operator -> operator.setProcessingTime(millis));
        }
        settle();
    }

    /**
     * Runs what other threads have handed to operators since the last call; for operators that wait for answers from
     * outside.
     *
     * @return whether there was anything
     */
    public boolean settle() {
        checkRunning();
        boolean[] ran = {false};
        for (Vertex vertex : topology.vertices()) {
            operators.on(vertex, operator -> ran[0] |= operator.runMail());
            drain(vertex);
        }
        return ran[0];
    }

    /** Takes a snapshot of all operators, and tells them that it is complete. */
    public void checkpoint() {
        snapshot();
        for (Vertex vertex : topology.vertices()) {
            operators.on(vertex, operator -> operator.notifyOfCompletedCheckpoint(checkpoint));
            drain(vertex);
        }
    }

    /**
     * Takes a snapshot of all operators, throws them away, and starts new ones from it. They do not know the snapshot to
     * be complete, and no watermark is known either until a source emits one; the clock goes on.
     */
    public void crash() {
        Map<Integer, OperatorSubtaskState> states = snapshot();
        operators.abandon();
        watermarks.clear();
        start(states);
    }

    private Map<Integer, OperatorSubtaskState> snapshot() {
        checkRunning();
        settle();
        checkpoint++;
        // The barrier: what an operator emits ahead of it is part of its followers' snapshots.
        for (Vertex vertex : topology.vertices()) {
            operators.on(vertex, operator -> operator.prepareSnapshotPreBarrier(checkpoint));
            drain(vertex);
        }
        return operators.snapshot(checkpoint, processingTime);
    }

    /**
     * Ends all sources: a last watermark, after which every operator emits what it still holds, and a last checkpoint,
     * with which sinks that run commit.
     */
    public void end() {
        checkRunning();
        sources().forEach(source -> watermark(source, Long.MAX_VALUE));
        for (Vertex vertex : topology.vertices()) {
            operators.on(vertex, OperatorHarness::finish);
            drain(vertex);
        }
        checkpoint();
        ended = true;
    }

    /** What has reached a sink so far, or since the last {@link #take}, in order of arrival. */
    public List<Emitted> collected(String sink) {
        checkSink(sink);
        return List.copyOf(collected.getOrDefault(sink, List.of()));
    }

    /** The same, and forgets it: a long run needs no more memory than what lies between two calls. */
    public List<Emitted> take(String sink) {
        checkSink(sink);
        List<Emitted> taken = collected.remove(sink);
        return taken == null ? List.of() : taken;
    }

    private void checkSink(String sink) {
        if (!topology.hasSink(sink)) {
            throw new IllegalArgumentException("The job has no sink `" + sink + "`.");
        }
    }

    /** Releases what the operators hold; what they have not emitted yet is lost. */
    @Override
    public void close() {
        ended = true;
        operators.end();
    }

    private Vertex source(String uid) {
        checkRunning();
        return topology.source(uid);
    }

    private void checkRunning() {
        if (ended) {
            throw new IllegalStateException("The job has ended.");
        }
    }

    private void emit(Vertex from, Object element) {
        OutputTag<?> tag = null;
        Object emitted = element;
        if (element instanceof OperatorHarness.SideRecord side) {
            tag = side.tag();
            emitted = side.record();
        }
        for (Edge edge : from.out()) {
            if (emitted instanceof Watermark watermark) {
                deliver(edge, watermark);
            } else if (emitted instanceof StreamRecord<?> record && same(tag, edge.tag())) {
                deliver(from, edge, record);
            }
        }
    }

    private static boolean same(@Nullable OutputTag<?> one, @Nullable OutputTag<?> other) {
        return one == null ? other == null : one.equals(other);
    }

    private void deliver(Edge edge, Watermark watermark) {
        Vertex target = target(edge);
        OptionalLong risen = valve(target).advance(edge.channel(), watermark.getTimestamp());
        if (risen.isEmpty()) {
            return;
        }
        Watermark mark = new Watermark(risen.getAsLong());
        if (target.runs()) {
            operators.on(target, operator -> operator.process(edge.input(), mark));
            drain(target);
        } else {
            emit(target, mark);
        }
    }

    private void deliver(Vertex from, Edge edge, StreamRecord<?> record) {
        Vertex target = target(edge);
        if (target.runs()) {
            StreamRecord<Object> own = Exchange.deliver(record, edge.exchange());
            operators.on(target, operator -> operator.process(edge.input(), own));
            drain(target);
        } else if (!target.sink().equals(from.sink())) {
            Long eventTime = record.hasTimestamp() ? record.getTimestamp() : null;
            collected
                    .computeIfAbsent(target.sink(), sink -> new ArrayList<>())
                    .add(new Emitted(record.getValue(), eventTime));
        }
    }

    private Vertex target(Edge edge) {
        return Objects.requireNonNull(vertices.get(edge.target()));
    }

    private WatermarkValve valve(Vertex vertex) {
        return Objects.requireNonNull(valves.get(vertex.id()));
    }

    private void drain(Vertex vertex) {
        operators.on(vertex, OperatorHarness::runMail);
        Object element = operators.next(vertex);
        while (element != null) {
            emit(vertex, element);
            element = operators.next(vertex);
        }
    }
}
