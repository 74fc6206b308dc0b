package io.pipewright.stages.kafka;

import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.Envelope;
import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** Gives a message's bytes, position and timestamp to the engine's decoder, and key and headers where they are read. */
final class ConsumerRecordDecoder implements KafkaRecordDeserializationSchema<SourceElement> {

    private static final long serialVersionUID = 1L;

    private final SourceDecoder decoder;
    private final boolean enveloped;

    /** @param asked what expressions read of a message beside its value */
    ConsumerRecordDecoder(SourceDecoder decoder, Collection<MetaField> asked) {
        this.decoder = decoder;
        this.enveloped = asked.contains(MetaField.KEY) || asked.contains(MetaField.HEADERS);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<SourceElement> out) {
        boolean timed = message.timestampType() != TimestampType.NO_TIMESTAMP_TYPE && message.timestamp() >= 0;
        decoder.decode(
                message.value(),
                new Origin(message.topic(), message.partition(), message.offset()),
                timed ? message.timestamp() : SourceElement.NO_TIME,
                enveloped ? envelope(message) : Envelope.EMPTY,
                out::collect);
    }

    private static Envelope envelope(ConsumerRecord<byte[], byte[]> message) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        message.headers().forEach(header -> {
            headers.remove(header.key());
            if (header.value() != null) {
                headers.put(header.key(), header.value());
            }
        });
        return new Envelope(message.key(), headers);
    }

    @Override
    public TypeInformation<SourceElement> getProducedType() {
        return decoder.elementType();
    }
}
