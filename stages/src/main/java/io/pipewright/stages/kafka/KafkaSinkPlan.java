package io.pipewright.stages.kafka;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.kafka.KafkaSinkOptions.Delivery;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A checked {@code kafka} sink. */
record KafkaSinkPlan(
        KafkaCluster cluster,
        String topic,
        @Nullable CheckedExpression key,
        SinkFormatPlan format,
        Delivery delivery,
        Map<String, String> properties,
        RecordType input)
        implements StagePlan {

    KafkaSinkPlan {
        properties = Map.copyOf(properties);
    }

    @Override
    public List<OutputPort> outputs() {
        return List.of();
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        return Map.of(FROM, Set.copyOf(input.names()));
    }

    @Override
    public List<String> notes() {
        return List.of(delivery == Delivery.EXACTLY_ONCE ? "delivery: exactly once" : "delivery: at least once");
    }
}
