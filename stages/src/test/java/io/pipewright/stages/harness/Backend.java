package io.pipewright.stages.harness;

import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/** The state backends that state must survive on. */
public enum Backend {
    HEAP,
    ROCKSDB;

    public StateBackend open() {
        return this == HEAP ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend();
    }
}
