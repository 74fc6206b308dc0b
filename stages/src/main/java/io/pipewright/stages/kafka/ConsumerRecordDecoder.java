package io.pipewright.stages.kafka;

import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** Gives a message's bytes, position and timestamp to the engine's decoder. */
final class ConsumerRecordDecoder implements KafkaRecordDeserializationSchema<SourceElement> {

    private static final long serialVersionUID = 1L;

    private final SourceDecoder decoder;

    ConsumerRecordDecoder(SourceDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<SourceElement> out) {
        boolean timed = message.timestampType() != TimestampType.NO_TIMESTAMP_TYPE && message.timestamp() >= 0;
        decoder.decode(
                message.value(),
                new Origin(message.topic(), message.partition(), message.offset()),
                timed ? message.timestamp() : SourceElement.NO_TIME,
                out::collect);
    }

    @Override
    public TypeInformation<SourceElement> getProducedType() {
        return decoder.elementType();
    }
}
