package io.pipewright.spi.record;

import java.io.Serializable;

/** Turns a record into the bytes of one message; used by one thread. */
public interface RecordEncoder extends Serializable {
    byte[] encode(DataRecord record);
}
