package io.pipewright.spi.record;

import java.io.Serializable;

/** Turns records of one type into bytes; an instance serves one thread. */
public interface RecordEncoder extends Serializable {

    /** The record as one message or line, without a line end. */
    byte[] encode(DataRecord record);
}
