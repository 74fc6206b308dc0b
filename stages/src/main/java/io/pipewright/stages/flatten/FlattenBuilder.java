package io.pipewright.stages.flatten;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Builds {@code flatten}: one stateless operator. */
final class FlattenBuilder implements StageBuilder<FlattenPlan> {

    static final String ROLE = "elements";

    @Override
    public Streams build(FlattenPlan plan, Streams inputs, BuildContext context) {
        RecordType row = context.output(OutputPort.MAIN);
        FlattenFunction function = new FlattenFunction(
                plan, context.input(StagePlan.FROM), row, context.tag(OutputPort.ERRORS), context.failures());
        SingleOutputStreamOperator<DataRecord> rows =
                context.operator(inputs.from().process(function, RecordTypeInfo.of(row)), ROLE);
        return Streams.of(OutputPort.MAIN, rows)
                .with(OutputPort.ERRORS, rows.getSideOutput(context.tag(OutputPort.ERRORS)));
    }
}
