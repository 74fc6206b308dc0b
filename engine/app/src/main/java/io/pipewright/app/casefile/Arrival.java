package io.pipewright.app.casefile;

import io.pipewright.spi.record.Origin;
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
     */
    record Values(String source, Optional<Instant> at, Map<String, @Nullable Object> values) implements Arrival {}

    /**
     * Bytes that are read as the source reads them.
     *
     * @param at what the source system says of their time
     * @param header the first line of their file, where it says what stands where in the others
     */
    record Message(String source, Optional<Instant> at, Optional<byte[]> header, byte[] bytes, Origin origin)
            implements Arrival {}
}
