package io.pipewright.flink.source;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.Envelope;
import io.pipewright.spi.stage.SourceElement;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts behind the fields of a record what expressions read of its message as {@code meta.}, and nothing else of it.
 *
 * <p>Codes of its own, only where it is read: {@code malformed-key} for a key that is not UTF-8, {@code no-timestamp} for
 * a message without one.
 */
final class MetaValues implements Serializable {

    private static final long serialVersionUID = 1L;

    private final List<MetaField> asked;

    /** @param asked in the order of the record */
    MetaValues(List<MetaField> asked) {
        this.asked = List.copyOf(asked);
    }

    /**
     * The record with what is asked of its message; malformed if the message does not have it.
     *
     * @param tombstone whether the message has no value
     */
    Decoded addedTo(DataRecord record, boolean tombstone, Origin origin, long sourceTimestamp, Envelope envelope) {
        @Nullable Object[] values = new Object[record.size() + asked.size()];
        for (int i = 0; i < record.size(); i++) {
            values[i] = record.get(i);
        }
        for (int i = 0; i < asked.size(); i++) {
            MetaField field = asked.get(i);
            Object value = value(field, tombstone, origin, sourceTimestamp, envelope);
            if (value == null && field == MetaField.TIMESTAMP) {
                return new Decoded.Malformed(
                        "no-timestamp", "The message has no timestamp, and an expression reads `meta.timestamp`.");
            }
            if (value == null && field == MetaField.KEY && envelope.key() != null) {
                return new Decoded.Malformed(
                        "malformed-key", "The message's key is not UTF-8, and an expression reads `meta.key`.");
            }
            values[record.size() + i] = value;
        }
        return new Decoded.Ok(new DataRecord(values, origin));
    }

    private static @Nullable Object value(
            MetaField field, boolean tombstone, Origin origin, long sourceTimestamp, Envelope envelope) {
        return switch (field) {
            case TOPIC -> origin.topic();
            case PARTITION -> origin.partition();
            case OFFSET -> origin.offset();
            case KEY -> text(envelope.key());
            case HEADERS -> headers(envelope);
            case TIMESTAMP -> sourceTimestamp == SourceElement.NO_TIME ? null : Instant.ofEpochMilli(sourceTimestamp);
            case TOMBSTONE -> tombstone;
        };
    }

    private static Map<String, String> headers(Envelope envelope) {
        Map<String, String> headers = new LinkedHashMap<>();
        envelope.headers().forEach((name, value) -> {
            String text = text(value);
            if (text != null) {
                headers.put(name, text);
            }
        });
        return Collections.unmodifiableMap(headers);
    }

    /** Null for bytes that are not UTF-8, and where there are none. */
    private static @Nullable String text(byte @Nullable [] bytes) {
        try {
            return bytes == null
                    ? null
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
