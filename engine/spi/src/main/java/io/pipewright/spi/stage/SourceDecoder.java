package io.pipewright.spi.stage;

import io.pipewright.spi.record.Origin;
import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of one message or line into an element: parsed, its time checked, or a failure with the bytes. */
public interface SourceDecoder extends Serializable {

    /**
     * Emits one element, or none for a blank message that is to be skipped. It never throws for what the bytes hold.
     *
     * @param bytes null for a message without a value
     * @param sourceTimestamp of the source system in milliseconds, or {@link SourceElement#NO_TIME}
     */
    void decode(byte @Nullable [] bytes, Origin origin, long sourceTimestamp, Consumer<SourceElement> out);

    /** The same for a message that has more than a value: what is read of {@code envelope} as {@code meta.} goes with it. */
    default void decode(
            byte @Nullable [] bytes,
            Origin origin,
            long sourceTimestamp,
            Envelope envelope,
            Consumer<SourceElement> out) {
        decode(bytes, origin, sourceTimestamp, out);
    }

    /** The decoder of the lines below a file's first line, which says what stands where in them. */
    default SourceDecoder below(byte[] header) {
        return this;
    }

    /** The type of the elements. */
    TypeInformation<SourceElement> elementType();
}
