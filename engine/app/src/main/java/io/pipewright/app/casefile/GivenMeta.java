package io.pipewright.app.casefile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.Envelope;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message of a case has beside its value. What the case does not say is as of a message of a topic that is called as
 * the source: in partition 0, numbered from 0, without a key and headers, with the time of {@code at}.
 */
record GivenMeta(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        Map<String, String> headers,
        Optional<Instant> timestamp,
        boolean tombstone) {

    static GivenMeta of(String source, long offset, Optional<Instant> at) {
        return new GivenMeta(source, 0, offset, null, Map.of(), at, false);
    }

    /** What a case may say of a message, as a record; one that is given {@code raw} has a value. */
    static RecordType type(Collection<MetaField> offered, boolean raw) {
        List<Field> fields = offered.stream()
                .filter(each -> !raw || each != MetaField.TOMBSTONE)
                .map(each ->
                        new Field(each.text(), each.field().type(), each.field().nullable()))
                .toList();
        return new RecordType("meta", fields);
    }

    /** The same with what the case says, by the names of {@link #type}. */
    GivenMeta with(Map<String, @Nullable Object> said) {
        Map<String, String> named = new LinkedHashMap<>(headers);
        if (said.get(MetaField.HEADERS.text()) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> named.put(String.valueOf(name), String.valueOf(value)));
        }
        return new GivenMeta(
                said.get(MetaField.TOPIC.text()) instanceof String text ? text : topic,
                said.get(MetaField.PARTITION.text()) instanceof Integer number ? number : partition,
                said.get(MetaField.OFFSET.text()) instanceof Long number ? number : offset,
                said.get(MetaField.KEY.text()) instanceof String text ? text : key,
                named,
                said.get(MetaField.TIMESTAMP.text()) instanceof Instant time ? Optional.of(time) : timestamp,
                said.get(MetaField.TOMBSTONE.text()) instanceof Boolean none ? none : tombstone);
    }

    /** As a record has it; where nothing is said of the time, that of the start of all cases. */
    Map<MetaField, @Nullable Object> values() {
        Map<MetaField, @Nullable Object> values = new EnumMap<>(MetaField.class);
        values.put(MetaField.TOPIC, topic);
        values.put(MetaField.PARTITION, partition);
        values.put(MetaField.OFFSET, offset);
        values.put(MetaField.KEY, key);
        values.put(MetaField.HEADERS, headers);
        values.put(MetaField.TIMESTAMP, timestamp.orElse(Moments.START));
        values.put(MetaField.TOMBSTONE, tombstone);
        return values;
    }

    /** A message with a value. */
    Arrival.Message message(String source, Optional<Instant> at, String text) {
        Map<String, byte[]> named = new LinkedHashMap<>();
        headers.forEach((name, value) -> named.put(name, value.getBytes(UTF_8)));
        Envelope envelope = new Envelope(key == null ? null : key.getBytes(UTF_8), named);
        Origin origin = new Origin(topic, partition, offset);
        return new Arrival.Message(source, at, timestamp, Optional.empty(), text.getBytes(UTF_8), origin, envelope);
    }
}
