package io.pipewright.spi.record;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one message or line into a record of one type; it never throws for what the bytes are.
 *
 * <p>An instance serves one thread; each subtask gets its own by serialization.
 */
public interface RecordDecoder extends Serializable {

    /** Decodes one whole message; {@code origin} becomes the record's. */
    Decoded decode(byte[] bytes, @Nullable Origin origin);

    /** The decoder of the lines below a file's first line, which says what stands where in them. */
    default RecordDecoder below(byte[] header) {
        return this;
    }
}
