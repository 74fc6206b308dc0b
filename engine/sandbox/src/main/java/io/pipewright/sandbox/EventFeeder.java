package io.pipewright.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records to a topic, each partition in the given order and without duplicates (an idempotent producer), so that
 * the offsets in an empty topic are those that the records carry.
 */
public final class EventFeeder implements AutoCloseable {
    private static final int PROGRESS_EVERY = 1_000;

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicLong acknowledged = new AtomicLong();

    /** Feeds one topic, which must exist. */
    public EventFeeder(String bootstrapServers, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        120_000,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        30_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Feeds records and returns when the broker has them all. */
    public void feed(List<TopicRecord> records) {
        feed(records, fed -> {});
    }

    /**
     * Feeds records and returns when the broker has them all.
     *
     * @param progress told, now and then and at the end, how many records of all calls the broker has
     * @throws SandboxException if the broker does not take one within 2 minutes
     */
    public void feed(List<TopicRecord> records, LongConsumer progress) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        Future<?> last = null;
        try {
            int sent = 0;
            for (TopicRecord r : records) {
                last = producer.send(toProducerRecord(r), (metadata, error) -> {
                    if (error == null) {
                        acknowledged.incrementAndGet();
                    } else {
                        failure.compareAndSet(null, error);
                    }
                });
                if (++sent % PROGRESS_EVERY == 0) {
                    progress.accept(acknowledged.get());
                }
            }
            producer.flush();
            if (last != null) {
                last.get();
            }
        } catch (KafkaException | ExecutionException e) {
            failure.compareAndSet(null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while feeding topic " + topic + ".", e);
        }
        if (failure.get() != null) {
            throw new SandboxException(
                    "Cannot feed topic " + topic + ": " + failure.get().getMessage(), failure.get());
        }
        progress.accept(acknowledged.get());
    }

    private ProducerRecord<byte[], byte[]> toProducerRecord(TopicRecord r) {
        byte[] key = r.key() == null ? null : r.key().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, r.partition(), r.timestamp(), key, r.value());
    }

    /** How many records the broker has acknowledged. */
    public long acknowledged() {
        return acknowledged.get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
