package io.pipewright.spi.stage;

import io.pipewright.spi.type.RecordType;
import java.io.Serializable;

/**
 * An output of a planned stage, other than {@code errors}, which the engine adds.
 *
 * @param name {@link #MAIN} for the one that is read by the bare id, else what follows the dot
 * @param type all fields that may be read of it
 */
public record OutputPort(String name, PortKind kind, RecordType type) implements Serializable {

    /** The port that the bare id of an entry means. */
    public static final String MAIN = "";

    /** The port that carries {@link io.pipewright.spi.record.FailureRecord}s. */
    public static final String ERRORS = "errors";

    /** The port that carries, typed, the records that came after the watermark. */
    public static final String LATE = "late";

    public static OutputPort main(RecordType type) {
        return new OutputPort(MAIN, PortKind.DATA, type);
    }

    public static OutputPort late(RecordType type) {
        return new OutputPort(LATE, PortKind.LOSS, type);
    }
}
