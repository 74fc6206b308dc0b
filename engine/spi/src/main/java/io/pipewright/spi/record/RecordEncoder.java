package io.pipewright.spi.record;

import java.io.Serializable;
import java.util.Optional;

/** Turns records of one type into bytes; an instance serves one thread. */
public interface RecordEncoder extends Serializable {

    /**
     * The record as one message or line, without a line end.
     *
     * @throws io.pipewright.spi.expression.EvaluationException if the format cannot hold what the record is
     */
    byte[] encode(DataRecord record);

    /** What the first line of a file of records says, without a line end, where the format has such a line. */
    default Optional<byte[]> header() {
        return Optional.empty();
    }
}
