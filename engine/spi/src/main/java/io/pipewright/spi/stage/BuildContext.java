package io.pipewright.spi.stage;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** What the engine gives a stage that is being built. */
public interface BuildContext {

    /** The entry's id. */
    String id();

    /** The pipeline's name. */
    String pipeline();

    /** What the records of an input really hold: at least the fields that the plan reads. */
    RecordType input(String name);

    /** What the records of an output must hold: the fields that are read of it, in the order of the plan's type. */
    RecordType output(String port);

    /** Whether anything reads this output; {@code errors} counts as read when the policy is dead letters. */
    boolean isRead(String port);

    /**
     * Of which records of an output these fields are ever seen, by all that read it; see {@link StagePlan#seenWhere}. Empty
     * if they may be seen of all. To be asked only of an output whose records are never behind the watermark.
     */
    List<CheckedExpression> seenWhere(String port, Set<String> fields);

    /** How this stage reports failed records, by the entry's policy. */
    Failures failures();

    /** The side output of a port, typed by {@link #output}, or as failures for {@code errors}. */
    OutputTag<DataRecord> tag(String port);

    /** Gives an operator its uid {@code <id>/<role>}, a name that begins with the id, and the entry's parallelism. */
    <T> SingleOutputStreamOperator<T> operator(SingleOutputStreamOperator<T> operator, String role);

    /** The same for a sink of Flink's own. */
    <T> DataStreamSink<T> sink(DataStreamSink<T> sink, String role);

    /**
     * Partitions a stream by fields of its records; {@code type} is the layout of the stream. An input that is partitioned
     * so already, by what its stage says in {@link StagePlan#partitioning}, stays where it is.
     */
    KeyedStream<DataRecord, RecordKey> keyBy(DataStream<DataRecord> stream, RecordType type, List<String> fields);

    /**
     * Whether the records of each key come in the order of their event times once the stream is {@link #keyBy keyed} by
     * these fields, by what the stage says that they come from.
     */
    boolean isInOrder(DataStream<DataRecord> stream, RecordType type, List<String> fields);

    /** The entry's parallelism. */
    int parallelism();

    /** For a source: what turns bytes into elements. */
    SourceDecoder decoder(SourcePlan plan);

    /**
     * For a source: adds it with its rate limit, idleness and watermarks, and splits records from failures.
     *
     * @return the main output and {@code errors}
     */
    Streams source(SourcePlan plan, Source<SourceElement, ?, ?> source);
}
