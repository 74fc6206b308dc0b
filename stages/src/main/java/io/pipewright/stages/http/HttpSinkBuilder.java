package io.pipewright.stages.http;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.retry.MailboxOperatorFactory;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Adds the writer, whose one output are the records that could not be sent. */
final class HttpSinkBuilder implements StageBuilder<HttpSinkPlan> {

    @Override
    public Streams build(HttpSinkPlan plan, Streams inputs, BuildContext context) {
        RecordType type = context.input(StagePlan.FROM);
        Failures failures = context.failures();
        SingleOutputStreamOperator<DataRecord> failed = inputs.from()
                .transform(
                        "http",
                        context.tag(OutputPort.ERRORS).getTypeInfo(),
                        new MailboxOperatorFactory(mailbox -> new HttpWriter(plan, type, failures, mailbox)));
        return Streams.of(OutputPort.ERRORS, context.operator(failed, HttpSinkType.WRITER_ROLE));
    }
}
