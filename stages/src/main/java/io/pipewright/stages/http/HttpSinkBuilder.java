package io.pipewright.stages.http;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Adds the writer, whose one output are the records that could not be sent. */
final class HttpSinkBuilder implements StageBuilder<HttpSinkPlan> {

    @Override
    public Streams build(HttpSinkPlan plan, Streams inputs, BuildContext context) {
        SingleOutputStreamOperator<DataRecord> failures = inputs.from()
                .transform(
                        "http",
                        context.tag(OutputPort.ERRORS).getTypeInfo(),
                        new HttpWriterFactory(plan, context.input(StagePlan.FROM), context.failures()));
        return Streams.of(OutputPort.ERRORS, context.operator(failures, HttpSinkType.WRITER_ROLE));
    }
}
