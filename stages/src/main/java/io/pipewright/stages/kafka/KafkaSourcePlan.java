package io.pipewright.stages.kafka;

import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.stages.kafka.KafkaSourceOptions.Until;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked {@code kafka} source.
 *
 * @param topics empty where there is a pattern
 * @param topicPattern null where the topics are named
 */
record KafkaSourcePlan(
        KafkaCluster cluster,
        List<String> topics,
        @Nullable String topicPattern,
        String group,
        KafkaSourceOptions.StartFrom startFrom,
        @Nullable Until until,
        Map<String, String> properties,
        SourcePlan source)
        implements StagePlan {

    KafkaSourcePlan {
        topics = List.copyOf(topics);
        properties = Map.copyOf(properties);
    }

    @Override
    public List<OutputPort> outputs() {
        return List.of(OutputPort.main(source.record().type()));
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        return Map.of();
    }

    @Override
    public boolean isEndless() {
        return until == null;
    }

    @Override
    public String stateSignature() {
        return "kafka offsets of " + (topicPattern == null ? topics : "`" + topicPattern + "`");
    }
}
