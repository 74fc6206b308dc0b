package io.pipewright.stages.lookup;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.retry.MailboxOperatorFactory;
import java.util.List;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** Builds {@code lookup}: one operator, which asks and waits. */
final class LookupBuilder implements StageBuilder<LookupPlan> {

    static final String ROLE = "answers";

    private static final RecordType NOTHING = new RecordType("nothing", List.of());

    @Override
    public Streams build(LookupPlan plan, Streams inputs, BuildContext context) {
        RecordType row = context.isRead(OutputPort.MAIN) ? context.output(OutputPort.MAIN) : NOTHING;
        RecordType input = context.input(StagePlan.FROM);
        OutputTag<DataRecord> errors = context.tag(OutputPort.ERRORS);
        Failures failures = context.failures();
        MailboxOperatorFactory operator =
                new MailboxOperatorFactory(mailbox -> new LookupOperator(plan, input, row, errors, failures, mailbox));
        SingleOutputStreamOperator<DataRecord> rows =
                context.operator(inputs.from().transform("lookup", RecordTypeInfo.of(row), operator), ROLE);
        return Streams.of(OutputPort.MAIN, rows).with(OutputPort.ERRORS, rows.getSideOutput(errors));
    }
}
