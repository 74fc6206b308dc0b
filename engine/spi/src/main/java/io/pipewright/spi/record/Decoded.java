package io.pipewright.spi.record;

import java.io.Serializable;

/** What decoding some bytes came to: a record, or the reason why they are none. */
public sealed interface Decoded {

    /** The bytes are a record of the type asked for. */
    record Ok(DataRecord record) implements Decoded {}

    /**
     * The bytes are no such record.
     *
     * @param code one of a fixed few, for machines: such as {@code malformed-json} or {@code missing-field}
     * @param reason one sentence that names the field and what was found in its place
     */
    record Malformed(String code, String reason) implements Decoded, Serializable {}
}
