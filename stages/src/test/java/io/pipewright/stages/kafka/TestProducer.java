package io.pipewright.stages.kafka;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Feeds topics; closing it waits until all was taken. */
final class TestProducer implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;

    TestProducer(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 20),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void send(String topic, int partition, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, partition, key, value));
    }

    void send(String topic, long timestamp, String key, byte[] value, Map<String, byte[]> headers) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(topic, 0, timestamp, key, value);
        headers.forEach(message.headers()::add);
        producer.send(message);
    }

    void sendAt(String topic, int partition, long timestamp, byte[] value) {
        producer.send(new ProducerRecord<>(topic, partition, timestamp, null, value));
    }

    @Override
    public void close() {
        producer.close();
    }
}
