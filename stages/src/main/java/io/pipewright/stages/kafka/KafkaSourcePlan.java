package io.pipewright.stages.kafka;

import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.SourceStagePlan;
import io.pipewright.stages.kafka.KafkaSourceOptions.Until;
import java.util.List;
import java.util.Map;
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
        implements SourceStagePlan {

    KafkaSourcePlan {
        topics = List.copyOf(topics);
        properties = Map.copyOf(properties);
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
