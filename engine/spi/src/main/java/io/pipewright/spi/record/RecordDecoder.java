package io.pipewright.spi.record;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of one message into a record; used by one thread. */
public interface RecordDecoder extends Serializable {

    /** Never throws for what the bytes hold. */
    Decoded decode(byte[] bytes, @Nullable Origin origin);

    /** A record, or why there is none. */
    sealed interface Decoded {}

    /** A record of the layout that the decoder was made for. */
    record Ok(DataRecord record) implements Decoded {}

    /**
     * No record.
     *
     * @param code stable, such as {@code malformed-json}
     * @param reason one sentence for the operator who reads the dead letter
     */
    record Malformed(String code, String reason) implements Decoded {}
}
