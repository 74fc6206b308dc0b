package io.pipewright.stages.kafka;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Addresses what {@link MessageEncoder} encoded; the message's timestamp is the record's event time, if it has one. */
final class MessageSerializer implements KafkaRecordSerializationSchema<Row> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    MessageSerializer(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Row message, KafkaSinkContext context, @Nullable Long timestamp) {
        Long time = timestamp == null || timestamp < 0 ? null : timestamp;
        return new ProducerRecord<>(topic, null, time, (byte[]) message.getField(0), (byte[]) message.getField(1));
    }
}
