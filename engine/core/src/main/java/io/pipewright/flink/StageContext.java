package io.pipewright.flink;

import io.pipewright.definition.EntryDefinition;
import io.pipewright.flink.source.EventTimeDecoder;
import io.pipewright.flink.source.SourceAssembly;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.LogicalInput;
import io.pipewright.plan.LogicalNode;
import io.pipewright.plan.PortId;
import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordKeySelector;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** What one entry sees of the job while its operators are added. */
final class StageContext implements BuildContext {

    private final LogicalGraph graph;
    private final LogicalNode node;
    private final StreamExecutionEnvironment environment;
    private final KeyedOutputs keyed;

    StageContext(LogicalGraph graph, LogicalNode node, StreamExecutionEnvironment environment, KeyedOutputs keyed) {
        this.graph = graph;
        this.node = node;
        this.environment = environment;
        this.keyed = keyed;
    }

    private EntryDefinition entry() {
        return node.entry();
    }

    @Override
    public String id() {
        return node.id();
    }

    @Override
    public String pipeline() {
        return graph.definition().name();
    }

    @Override
    public RecordType input(String name) {
        return known(node.inputTypes().get(name), "input", name);
    }

    @Override
    public RecordType output(String port) {
        if (port.equals(OutputPort.ERRORS)) {
            return FailureRecord.TYPE;
        }
        RecordType read = node.outputTypes().get(port);
        // Of an output that nobody reads nothing is needed; stages may build it all the same.
        return read != null ? read : known(unread(port), "output", port);
    }

    private @Nullable RecordType unread(String port) {
        return node.plan().outputs().stream()
                .filter(output -> output.name().equals(port))
                .findFirst()
                .map(output -> output.type().project(List.of()))
                .orElse(null);
    }

    private RecordType known(@Nullable RecordType type, String what, String name) {
        if (type == null) {
            throw new IllegalArgumentException("`" + id() + "` has no " + what + " `" + name + "`");
        }
        return type;
    }

    @Override
    public boolean isRead(String port) {
        return node.outputTypes().containsKey(port)
                || (port.equals(OutputPort.ERRORS) && entry().onError() == ErrorPolicy.DEAD_LETTER);
    }

    @Override
    public List<CheckedExpression> seenWhere(String port, Set<String> fields) {
        PortId output = new PortId(id(), port);
        List<CheckedExpression> conditions = new ArrayList<>();
        for (LogicalNode reader : graph.nodes()) {
            Map<String, Set<String>> read = new HashMap<>();
            reader.outputTypes().forEach((name, type) -> read.put(name, Set.copyOf(type.names())));
            for (LogicalInput input : reader.inputs()) {
                if (input.ports().contains(output)) {
                    List<CheckedExpression> where = reader.plan().seenWhere(input.name(), fields, read);
                    if (where.isEmpty()) {
                        return List.of();
                    }
                    conditions.addAll(where);
                }
            }
        }
        return conditions;
    }

    @Override
    public Failures failures() {
        return new Failures(id(), entry().onError());
    }

    @Override
    public OutputTag<DataRecord> tag(String port) {
        return new OutputTag<>(port.isEmpty() ? "main" : port, RecordTypeInfo.of(output(port)));
    }

    @Override
    public <T> SingleOutputStreamOperator<T> operator(SingleOutputStreamOperator<T> operator, String role) {
        return operator.uid(uid(role)).name(name(role)).setParallelism(parallelism());
    }

    @Override
    public <T> DataStreamSink<T> sink(DataStreamSink<T> sink, String role) {
        return sink.uid(uid(role)).name(name(role)).setParallelism(parallelism());
    }

    private String uid(String role) {
        StageInfo info = entry().type().info();
        if (!info.roles().contains(role)) {
            throw new IllegalArgumentException("`" + info.name() + "` does not list the role `" + role + "`");
        }
        return entry().uid() + "/" + role;
    }

    private String name(String role) {
        return id() + " (" + entry().type().info().name() + " " + role + ")";
    }

    @Override
    public KeyedStream<DataRecord, RecordKey> keyBy(
            DataStream<DataRecord> stream, RecordType type, List<String> fields) {
        RecordKeySelector selector = new RecordKeySelector(type, fields);
        return keyed.isKeyed(stream, type, fields, parallelism())
                ? DataStreamUtils.reinterpretAsKeyedStream(stream, selector, selector.getProducedType())
                : stream.keyBy(selector, selector.getProducedType());
    }

    @Override
    public boolean isInOrder(DataStream<DataRecord> stream, RecordType type, List<String> fields) {
        return keyed.isInOrder(stream, type, fields, parallelism());
    }

    @Override
    public int parallelism() {
        return entry().parallelism().orElse(graph.definition().runtime().parallelism());
    }

    @Override
    public SourceDecoder decoder(SourcePlan plan) {
        return new EventTimeDecoder(id(), plan, output(OutputPort.MAIN), System::currentTimeMillis);
    }

    @Override
    public Streams source(SourcePlan plan, Source<SourceElement, ?, ?> source) {
        SourceAssembly assembly = new SourceAssembly(
                id(),
                plan,
                output(OutputPort.MAIN),
                failures(),
                tag(OutputPort.ERRORS),
                Manifest.of(graph),
                this::operator);
        return assembly.assemble(environment, source);
    }
}
