package io.pipewright.flink.source;

import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * What the engine puts round the source of a plugin: pacing, watermarks, and the splitter that parts records from
 * failures.
 *
 * @param output the layout of the records
 * @param errors the side output of failures
 * @param manifest what the splitter keeps in its state; empty for nothing worth keeping
 * @param naming gives each of the two operators its uid, name and parallelism
 */
public record SourceAssembly(
        String id,
        SourcePlan plan,
        RecordType output,
        Failures failures,
        OutputTag<DataRecord> errors,
        String manifest,
        Naming naming) {

    /** The role of the operator that reads. */
    public static final String SOURCE_ROLE = "source";

    /** The role of the operator that parts records from failures, and holds the manifest. */
    public static final String SPLIT_ROLE = "split";

    /** Gives an operator its uid, name and parallelism by its role. */
    @FunctionalInterface
    public interface Naming {
        <T> SingleOutputStreamOperator<T> operator(SingleOutputStreamOperator<T> operator, String role);
    }

    /** Adds both operators to the job. */
    public Streams assemble(StreamExecutionEnvironment env, Source<SourceElement, ?, ?> source) {
        TypeInformation<SourceElement> type = new SourceElementTypeInfo(output);
        SingleOutputStreamOperator<SourceElement> elements =
                naming.operator(env.fromSource(paced(source), watermarks(plan.eventTime()), id, type), SOURCE_ROLE);
        SingleOutputStreamOperator<DataRecord> records = naming.operator(
                elements.transform(
                        id,
                        RecordTypeInfo.of(output),
                        new SplitterOperator(output, plan.eventTime(), failures, errors, manifest)),
                SPLIT_ROLE);
        return Streams.of(OutputPort.MAIN, records).with(OutputPort.ERRORS, records.getSideOutput(errors));
    }

    private Source<SourceElement, ?, ?> paced(Source<SourceElement, ?, ?> source) {
        // A source that ends is never "caught up": a file that waits to be read must hold back the watermark.
        boolean ends = source.getBoundedness() == Boundedness.BOUNDED;
        Pacing pacing = Pacing.of(plan.rateLimit(), ends ? null : plan.eventTime());
        return pacing.isNone() ? source : new PacedSource<>(source, pacing);
    }

    private static WatermarkStrategy<SourceElement> watermarks(@Nullable EventTime eventTime) {
        return eventTime == null
                ? WatermarkStrategy.noWatermarks()
                : EventTimeWatermarks.strategy(eventTime.outOfOrderness());
    }
}
