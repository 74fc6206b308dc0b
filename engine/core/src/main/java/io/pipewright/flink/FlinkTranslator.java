package io.pipewright.flink;

import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.LogicalInput;
import io.pipewright.plan.LogicalNode;
import io.pipewright.plan.PortId;
import io.pipewright.schema.PluginCall;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.LateRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;

/**
 * Adds a planned pipeline to an execution environment.
 *
 * <p>Building fails on any operator without a uid and on any type that only Kryo could serialize: both are faults of a
 * stage's programmer that would cost a pipeline its state later.
 */
public final class FlinkTranslator {

    private final LogicalGraph graph;
    private final StreamExecutionEnvironment environment;
    private final Map<PortId, DataStream<DataRecord>> streams = new HashMap<>();
    private final KeyedOutputs keyed = new KeyedOutputs();

    private FlinkTranslator(LogicalGraph graph, StreamExecutionEnvironment environment) {
        this.graph = graph;
        this.environment = environment;
    }

    /** Adds the pipeline; {@link JobSettings} have been applied to the environment. */
    public static void translate(LogicalGraph graph, StreamExecutionEnvironment environment) {
        FlinkTranslator translator = new FlinkTranslator(graph, environment);
        graph.nodes().forEach(translator::add);
    }

    private void add(LogicalNode node) {
        Streams inputs = Streams.none();
        for (LogicalInput input : node.inputs()) {
            inputs = inputs.with(input.name(), stream(node, input));
        }
        StageContext context = new StageContext(graph, node, environment, keyed);
        Streams outputs = build(node.entry().type(), node.plan(), inputs, context);
        keyed.add(node, context.parallelism(), inputs, outputs);
        outputs.byName().forEach((port, stream) -> streams.put(new PortId(node.id(), port), stream));
    }

    private static <O extends Record, P extends StagePlan> Streams build(
            StageType<O, P> type, StagePlan plan, Streams inputs, StageContext context) {
        @SuppressWarnings("unchecked") // the plan was made by this very type
        P own = (P) plan;
        return new PluginCall(type, "`" + context.id() + "`")
                .ask(() -> type.builder().get().build(own, inputs, context));
    }

    private DataStream<DataRecord> stream(LogicalNode node, LogicalInput input) {
        List<DataStream<DataRecord>> parts = new ArrayList<>();
        RecordType wanted = node.inputTypes().getOrDefault(input.name(), LateRecord.TYPE);
        for (PortId port : input.ports()) {
            parts.add(part(node, input, port, wanted));
        }
        DataStream<DataRecord> first = parts.get(0);
        for (DataStream<DataRecord> other : parts.subList(1, parts.size())) {
            first = first.union(other);
        }
        return first;
    }

    private DataStream<DataRecord> part(LogicalNode node, LogicalInput input, PortId port, RecordType wanted) {
        DataStream<DataRecord> stream = streams.get(port);
        if (stream == null) {
            throw new IllegalStateException("`" + port.entry() + "` built no output `" + port + "`");
        }
        LogicalNode producer = graph.node(port.entry());
        RecordType layout = producer.outputTypes().get(port.port());
        if (input.kind() == LogicalInput.Kind.ALL_LATE && layout != null && !layout.sameLayout(LateRecord.TYPE)) {
            return adapted(stream, new LateRecords(port.entry(), layout), LateRecord.TYPE, node, port, "late");
        }
        if (layout != null && !layout.sameLayout(wanted)) {
            return adapted(stream, new Projection(layout, wanted), wanted, node, port, "union");
        }
        return stream;
    }

    /** A stateless operator between a port and one of its readers; its uid names both. */
    private static DataStream<DataRecord> adapted(
            DataStream<DataRecord> stream,
            ProcessFunction<DataRecord, DataRecord> function,
            RecordType type,
            LogicalNode reader,
            PortId port,
            String role) {
        return stream.process(function, RecordTypeInfo.of(type))
                .uid(reader.entry().uid() + "/" + role + "/" + port)
                .name(reader.id() + " (" + role + " " + port + ")")
                .setParallelism(stream.getParallelism());
    }
}
