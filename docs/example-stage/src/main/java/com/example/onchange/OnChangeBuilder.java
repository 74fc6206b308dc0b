package com.example.onchange;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.ReadPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The half of {@code onChange} that builds: one keyed operator. */
final class OnChangeBuilder implements StageBuilder<OnChangePlan> {

    /** Ends the operator's uid, by which a savepoint is restored, and so never changes. */
    static final String ROLE = "last";

    @Override
    public Streams build(OnChangePlan plan, Streams inputs, BuildContext context) {
        RecordType input = context.input(StagePlan.FROM);
        RecordType passed = context.isRead(OutputPort.MAIN)
                ? context.output(OutputPort.MAIN)
                : new RecordType("nothing", List.of());
        Optional<ReadPort> late = ReadPort.of(context, OutputPort.LATE);
        OnChangeOperator operator = new OnChangeOperator(
                plan, input, passed, late.orElse(null), context.tag(OutputPort.ERRORS), context.failures());
        SingleOutputStreamOperator<DataRecord> changed = context.operator(
                context.keyBy(inputs.from(), input, plan.keyBy()).transform(ROLE, RecordTypeInfo.of(passed), operator),
                ROLE);
        Streams outputs = Streams.of(OutputPort.MAIN, changed)
                .with(OutputPort.ERRORS, changed.getSideOutput(context.tag(OutputPort.ERRORS)));
        return late.isPresent()
                ? outputs.with(OutputPort.LATE, changed.getSideOutput(late.get().tag()))
                : outputs;
    }
}
