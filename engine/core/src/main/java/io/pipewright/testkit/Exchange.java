package io.pipewright.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** What becomes of a record on its way from one operator to the next. */
final class Exchange {

    private Exchange() {}

    /**
     * The record as it arrives.
     *
     * @param serializer by which it crosses the network; null where the object itself is handed over
     */
    static StreamRecord<Object> deliver(StreamRecord<?> record, @Nullable TypeSerializer<Object> serializer) {
        Object value = serializer == null ? record.getValue() : copy(record.getValue(), serializer);
        return record.hasTimestamp() ? new StreamRecord<>(value, record.getTimestamp()) : new StreamRecord<>(value);
    }

    private static Object copy(Object value, TypeSerializer<Object> serializer) {
        try {
            DataOutputSerializer bytes = new DataOutputSerializer(64);
            serializer.serialize(value, bytes);
            return serializer.deserialize(new DataInputDeserializer(bytes.getCopyOfBuffer()));
        } catch (IOException e) {
            throw new UncheckedIOException("A record does not survive its serializer", e);
        }
    }
}
