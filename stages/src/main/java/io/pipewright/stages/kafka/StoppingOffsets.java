package io.pipewright.stages.kafka;

import io.pipewright.stages.kafka.KafkaSourceOptions.End;
import io.pipewright.stages.kafka.KafkaSourceOptions.Until;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/** Resolves {@code until} to one concrete offset per partition, once, so that a restored run ends where it would have. */
final class StoppingOffsets implements OffsetsInitializer {

    private static final long serialVersionUID = 1L;

    private final Until until;

    StoppingOffsets(Until until) {
        this.until = until;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
        return until.at() == End.LATEST
                ? broker.endOffsets(partitions)
                : StartingOffsets.at(Objects.requireNonNull(until.time()), partitions, broker);
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.EARLIEST;
    }
}
