package io.pipewright.stages.kafka;

import io.pipewright.stages.kafka.KafkaSourceOptions.OrElse;
import io.pipewright.stages.kafka.KafkaSourceOptions.StartFrom;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Resolves {@code startFrom} to one concrete offset per partition, in the enumerator, so that the offsets are in the
 * first checkpoint already. Flink's own initializers leave {@code committed} and {@code latest} to each reader: a
 * failure before the first checkpoint would then begin elsewhere, and lose what came between.
 */
final class StartingOffsets implements OffsetsInitializer {

    private static final long serialVersionUID = 1L;

    private final StartFrom startFrom;

    StartingOffsets(StartFrom startFrom) {
        this.startFrom = startFrom;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
        return switch (startFrom.at()) {
            case EARLIEST -> broker.beginningOffsets(partitions);
            case LATEST -> broker.endOffsets(partitions);
            case TIMESTAMP -> at(Objects.requireNonNull(startFrom.time()), partitions, broker);
            case COMMITTED -> committed(partitions, broker);
        };
    }

    private Map<TopicPartition, Long> committed(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
        Map<TopicPartition, Long> offsets = new HashMap<>(broker.committedOffsets(partitions));
        offsets.values().removeIf(offset -> offset == null || offset < 0);
        List<TopicPartition> others =
                partitions.stream().filter(one -> !offsets.containsKey(one)).toList();
        if (!others.isEmpty()) {
            offsets.putAll(
                    startFrom.orElse() == OrElse.LATEST ? broker.endOffsets(others) : broker.beginningOffsets(others));
        }
        return offsets;
    }

    /** The first offset of this time or later in each partition, its end if there is none. */
    static Map<TopicPartition, Long> at(
            Instant time, Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
        Map<TopicPartition, Long> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, time.toEpochMilli()));
        Map<TopicPartition, Long> offsets = new HashMap<>(broker.endOffsets(partitions));
        Map<TopicPartition, OffsetAndTimestamp> found = broker.offsetsForTimes(asked);
        found.forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.EARLIEST;
    }
}
