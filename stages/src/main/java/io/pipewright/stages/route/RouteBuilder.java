package io.pipewright.stages.route;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Builds {@code route}: one stateless operator with a side output for each port. */
final class RouteBuilder implements StageBuilder<RoutePlan> {

    static final String ROLE = "rules";

    @Override
    public Streams build(RoutePlan plan, Streams inputs, BuildContext context) {
        RecordType input = context.input(StagePlan.FROM);
        SingleOutputStreamOperator<DataRecord> routed =
                context.operator(inputs.from().process(function(plan, context), RecordTypeInfo.of(input)), ROLE);
        Map<String, DataStream<DataRecord>> outputs = new LinkedHashMap<>();
        for (OutputPort port : plan.outputs()) {
            if (context.isRead(port.name())) {
                outputs.put(port.name(), routed.getSideOutput(context.tag(port.name())));
            }
        }
        outputs.put(OutputPort.ERRORS, routed.getSideOutput(context.tag(OutputPort.ERRORS)));
        return new Streams(outputs);
    }

    static RouteFunction function(RoutePlan plan, BuildContext context) {
        Map<String, RouteFunction.Port> ports = new LinkedHashMap<>();
        for (OutputPort port : plan.outputs()) {
            if (context.isRead(port.name())) {
                ports.put(port.name(), new RouteFunction.Port(context.tag(port.name()), context.output(port.name())));
            }
        }
        return new RouteFunction(
                plan, context.input(StagePlan.FROM), ports, context.tag(OutputPort.ERRORS), context.failures());
    }
}
