package io.pipewright.testkit;

import io.pipewright.testkit.JobTopology.Vertex;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.jspecify.annotations.Nullable;

/** The operators of a job that live at the moment, each in its harness. */
final class RunningOperators {

    private final JobTopology topology;
    private final ExecutionConfig job;
    private final StateBackend stateBackend;
    private final SharedDisk disk = new SharedDisk();
    private final Map<Integer, OperatorHarness> running = new LinkedHashMap<>();

    /** What is done to one operator. */
    interface Action {
        void on(OperatorHarness operator) throws Exception;
    }

    RunningOperators(JobTopology topology, ExecutionConfig job, StateBackend stateBackend) {
        this.topology = topology;
        this.job = job;
        this.stateBackend = stateBackend;
    }

    /** Starts all, as Flink does from the sinks to the sources. */
    void start(Map<Integer, OperatorSubtaskState> states, long processingTime) {
        for (int i = topology.vertices().size() - 1; i >= 0; i--) {
            Vertex vertex = topology.vertices().get(i);
            if (vertex.runs()) {
                start(vertex, states.get(vertex.id()), processingTime);
            }
        }
    }

    private void start(Vertex vertex, @Nullable OperatorSubtaskState state, long processingTime) {
        try {
            running.put(vertex.id(), OperatorHarness.start(vertex, job, stateBackend, disk, state, processingTime));
        } catch (Exception e) {
            throw new OperatorFailedException(vertex.uid(), e);
        }
    }

    /** Does something to the operator of a vertex, if it has one that runs. */
    void on(Vertex vertex, Action action) {
        OperatorHarness operator = running.get(vertex.id());
        if (operator == null) {
            return;
        }
        try {
            action.on(operator);
        } catch (Exception e) {
            throw new OperatorFailedException(vertex.uid(), e);
        }
    }

    /** The next of what an operator has emitted, null if there is none. */
    @Nullable
    Object next(Vertex vertex) {
        OperatorHarness operator = running.get(vertex.id());
        return operator == null ? null : operator.getOutput().poll();
    }

    Map<Integer, OperatorSubtaskState> snapshot(long checkpoint, long processingTime) {
        Map<Integer, OperatorSubtaskState> states = new HashMap<>();
        for (Vertex vertex : topology.vertices()) {
            on(vertex, operator -> states.put(vertex.id(), operator.snapshot(checkpoint, processingTime)));
        }
        return states;
    }

    /** Ends all lives without {@code finish}. */
    void abandon() {
        List<OperatorHarness> all = List.copyOf(running.values());
        running.clear();
        RuntimeException failed = null;
        for (OperatorHarness operator : all) {
            try {
                operator.abandon();
            } catch (Exception e) {
                failed = failed == null ? new IllegalStateException("An operator could not be closed.", e) : failed;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    /** Ends all lives, and starts none any more. */
    void end() {
        try {
            abandon();
        } finally {
            disk.end();
        }
    }
}
