package io.pipewright.app.casefile;

import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.LogicalNode;
import io.pipewright.plan.PortId;
import io.pipewright.spi.answer.AskingPlan;
import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.LateRecord;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.stage.Framing;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a test can put records into a pipeline and see them come out.
 *
 * @param sources by id
 * @param sinks by id, what each reads
 * @param ports by the name that {@code from} would have, all that can be read of each
 * @param asking the stages that ask a server, by id
 */
record Ends(
        Map<String, SourceEnd> sources,
        Map<String, RecordType> sinks,
        Map<String, RecordType> ports,
        Map<String, AskingEnd> asking) {

    /**
     * A source.
     *
     * @param type of its records, all declared fields
     * @param framing how its format tells records apart
     * @param meta what its messages have beside their values
     */
    record SourceEnd(RecordType type, Optional<EventTime> time, Framing framing, Set<MetaField> meta) {}

    /** A stage that asks a server: what it asks, and what an answer is. */
    record AskingEnd(RecordType question, RecordType answer) {}

    static Ends of(LogicalGraph graph) {
        Ends ends =
                new Ends(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        for (LogicalNode node : graph.nodes()) {
            ends.add(node);
        }
        return ends;
    }

    private void add(LogicalNode node) {
        if (node.entry().kind() == StageInfo.Kind.SINK) {
            Optional.ofNullable(node.inputTypes().get(StagePlan.FROM))
                    .ifPresent(type -> sinks.put(node.id(), MetaField.without(type)));
            return;
        }
        if (node.plan() instanceof AskingPlan plan) {
            asking.put(node.id(), new AskingEnd(plan.question(), plan.answer()));
        }
        for (OutputPort port : node.plan().outputs()) {
            ports.put(new PortId(node.id(), port.name()).toString(), port.type());
            if (port.name().equals(OutputPort.LATE)) {
                ports.put(OutputPort.LATE, LateRecord.TYPE);
            }
            if (port.name().equals(OutputPort.MAIN)) {
                node.source()
                        .ifPresent(source -> sources.put(
                                node.id(),
                                new SourceEnd(
                                        port.type(),
                                        Optional.ofNullable(source.eventTime()),
                                        source.format().framing(),
                                        node.meta())));
            }
        }
        if (node.entry().type().info().errors()) {
            ports.put(new PortId(node.id(), OutputPort.ERRORS).toString(), FailureRecord.TYPE);
            ports.put(OutputPort.ERRORS, FailureRecord.TYPE);
        }
    }

    /** What can be seen under a name. */
    Optional<RecordType> type(String end) {
        return Optional.ofNullable(sinks.get(end)).or(() -> Optional.ofNullable(ports.get(end)));
    }

    /** All names that {@link #type} knows. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(sinks.keySet());
        names.addAll(ports.keySet());
        return names;
    }
}
