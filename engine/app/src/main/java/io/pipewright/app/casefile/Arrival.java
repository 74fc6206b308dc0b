package io.pipewright.app.casefile;

import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.Envelope;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a source emits at a moment. */
sealed interface Arrival {

    String source();

    /** When it comes; empty for what comes as soon as what was before it. */
    Optional<Instant> at();

    /**
     * A record by its fields.
     *
     * @param values of the field of the event time, too
     * @param at its event time, if the source gives one
     * @param meta what its message has beside the value
     */
    record Values(
            String source,
            Optional<Instant> at,
            Map<String, @Nullable Object> values,
            Map<MetaField, @Nullable Object> meta)
            implements Arrival {}

    /**
     * Bytes that are read as the source reads them.
     *
     * @param at when they come
     * @param timestamp what the source system says of their time
     * @param header the first line of their file, where it says what stands where in the others
     */
    record Message(
            String source,
            Optional<Instant> at,
            Optional<Instant> timestamp,
            Optional<byte[]> header,
            byte[] bytes,
            Origin origin,
            Envelope envelope)
            implements Arrival {

        /** A line of a file, of which nobody knows when it was written. */
        static Message line(String source, byte[] bytes, Origin origin) {
            return new Message(
                    source, Optional.empty(), Optional.empty(), Optional.empty(), bytes, origin, Envelope.EMPTY);
        }

        /** The same line below the first one of its file. */
        Message below(byte[] first) {
            return new Message(source, at, timestamp, Optional.of(first), bytes, origin, envelope);
        }
    }
}
