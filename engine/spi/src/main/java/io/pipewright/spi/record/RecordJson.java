package io.pipewright.spi.record;

import io.pipewright.spi.type.RecordType;

/** Writes records as JSON text. */
public final class RecordJson {
    private RecordJson() {}

    public static String write(RecordType type, DataRecord record) {
        return type.names() + "=" + record;
    }
}
