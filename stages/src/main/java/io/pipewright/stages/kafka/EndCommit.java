package io.pipewright.stages.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Commits the offsets at which a bounded reader ended, and waits for the broker's answer.
 *
 * <p>Flink's reader hands its commits to a thread that the end of the job stops, now and then before the last one was
 * sent; the next run of the group would then read, and write, the same records again.
 */
final class EndCommit {

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Properties properties;
    private final Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();

    EndCommit(Properties properties) {
        this.properties = properties;
    }

    /** Notes where a split will have ended; one without an end is left to Flink's reader. */
    void add(KafkaPartitionSplit split) {
        split.getStoppingOffset().ifPresent(stop -> {
            long end = Math.max(stop, split.getStartingOffset());
            ends.put(split.getTopicPartition(), new OffsetAndMetadata(end));
        });
    }

    /** Commits all that was noted. */
    void commit() {
        if (ends.isEmpty()) {
            return;
        }
        Properties settings = new Properties();
        settings.putAll(properties);
        settings.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            consumer.assign(ends.keySet());
            consumer.commitSync(ends, WAIT);
        }
    }
}
