package io.pipewright.stages.cassandra;

import java.io.Serializable;

/** A column of a declared table. */
record CqlColumn(String name, CqlType type, Kind kind) implements Serializable {

    /** What part a column plays in its table. */
    enum Kind {
        PARTITION_KEY,
        CLUSTERING,
        STATIC,
        REGULAR
    }

    boolean isKey() {
        return kind == Kind.PARTITION_KEY || kind == Kind.CLUSTERING;
    }
}
