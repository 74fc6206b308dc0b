package io.pipewright.stages.fields;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Builds {@code select} and {@code add}: one stateless operator. */
final class FieldsBuilder implements StageBuilder<FieldsPlan> {

    static final String ROLE = "fields";

    @Override
    public Streams build(FieldsPlan plan, Streams inputs, BuildContext context) {
        RecordType row = context.output(OutputPort.MAIN);
        FieldsFunction function = new FieldsFunction(
                plan.computed(),
                context.input(StagePlan.FROM),
                row,
                context.tag(OutputPort.ERRORS),
                context.failures());
        SingleOutputStreamOperator<DataRecord> rows =
                context.operator(inputs.from().process(function, RecordTypeInfo.of(row)), ROLE);
        return Streams.of(OutputPort.MAIN, rows)
                .with(OutputPort.ERRORS, rows.getSideOutput(context.tag(OutputPort.ERRORS)));
    }
}
