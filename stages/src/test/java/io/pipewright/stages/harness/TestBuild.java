package io.pipewright.stages.harness;

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
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** Builds one stage in a test; {@code inputs} and {@code outputs} are what the records really hold. */
public record TestBuild(Map<String, RecordType> inputs, Map<String, RecordType> outputs, ErrorPolicy policy)
        implements BuildContext {

    @Override
    public String id() {
        return "stage";
    }

    @Override
    public String pipeline() {
        return "test";
    }

    @Override
    public RecordType input(String name) {
        return inputs.get(name);
    }

    @Override
    public RecordType output(String port) {
        return port.equals(OutputPort.ERRORS) ? FailureRecord.TYPE : outputs.get(port);
    }

    @Override
    public boolean isRead(String port) {
        return port.equals(OutputPort.ERRORS) || outputs.containsKey(port);
    }

    @Override
    public List<CheckedExpression> seenWhere(String port, Set<String> fields) {
        return List.of();
    }

    @Override
    public Failures failures() {
        return new Failures(id(), policy);
    }

    @Override
    public OutputTag<DataRecord> tag(String port) {
        return new OutputTag<>(port, RecordTypeInfo.of(output(port)));
    }

    @Override
    public <T> SingleOutputStreamOperator<T> operator(SingleOutputStreamOperator<T> operator, String role) {
        return operator.uid("stage/" + role).name("stage " + role).setParallelism(1);
    }

    @Override
    public <T> DataStreamSink<T> sink(DataStreamSink<T> sink, String role) {
        return sink.uid("stage/" + role);
    }

    @Override
    public KeyedStream<DataRecord, RecordKey> keyBy(
            DataStream<DataRecord> stream, RecordType type, List<String> fields) {
        RecordKeySelector selector = new RecordKeySelector(type, fields);
        return stream.keyBy(selector, selector.getProducedType());
    }

    @Override
    public boolean isInOrder(DataStream<DataRecord> stream, RecordType type, List<String> fields) {
        return false;
    }

    @Override
    public int parallelism() {
        return 1;
    }

    @Override
    public SourceDecoder decoder(SourcePlan plan) {
        throw new UnsupportedOperationException("no sources here");
    }

    @Override
    public Streams source(SourcePlan plan, Source<SourceElement, ?, ?> source) {
        throw new UnsupportedOperationException("no sources here");
    }
}
