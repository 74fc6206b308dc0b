package io.pipewright.stages.cassandra;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** What a sink with one input needs of the engine to be built. */
record TestBuildContext(RecordType input, ErrorPolicy policy, int parallelism) implements BuildContext {

    @Override
    public String id() {
        return "table";
    }

    @Override
    public String pipeline() {
        return "test";
    }

    @Override
    public RecordType input(String name) {
        return input;
    }

    @Override
    public RecordType output(String port) {
        return FailureRecord.TYPE;
    }

    @Override
    public boolean isRead(String port) {
        return policy == ErrorPolicy.DEAD_LETTER;
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
        return new OutputTag<>(port, RecordTypeInfo.of(FailureRecord.TYPE));
    }

    @Override
    public <T> SingleOutputStreamOperator<T> operator(SingleOutputStreamOperator<T> operator, String role) {
        return operator.name(id()).uid(id() + "/" + role).setParallelism(parallelism);
    }

    @Override
    public <T> DataStreamSink<T> sink(DataStreamSink<T> sink, String role) {
        return sink.name(id()).uid(id() + "/" + role).setParallelism(parallelism);
    }

    @Override
    public KeyedStream<DataRecord, RecordKey> keyBy(
            DataStream<DataRecord> stream, RecordType type, List<String> fields) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isInOrder(DataStream<DataRecord> stream, RecordType type, List<String> fields) {
        return false;
    }

    @Override
    public SourceDecoder decoder(SourcePlan plan) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Streams source(SourcePlan plan, Source<SourceElement, ?, ?> source) {
        throw new UnsupportedOperationException();
    }
}
