package io.pipewright.spi.stage;

import io.pipewright.spi.record.DataRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Named streams: the inputs of a stage by input, or its outputs by port. */
public record Streams(Map<String, DataStream<DataRecord>> byName) {

    public Streams {
        byName = Map.copyOf(byName);
    }

    public static Streams none() {
        return new Streams(Map.of());
    }

    public static Streams of(String name, DataStream<DataRecord> stream) {
        return new Streams(Map.of(name, stream));
    }

    public Streams with(String name, DataStream<DataRecord> stream) {
        Map<String, DataStream<DataRecord>> all = new LinkedHashMap<>(byName);
        all.put(name, stream);
        return new Streams(all);
    }

    public DataStream<DataRecord> get(String name) {
        DataStream<DataRecord> stream = byName.get(name);
        if (stream == null) {
            throw new IllegalArgumentException("No stream `" + name + "`, there are " + byName.keySet() + ".");
        }
        return stream;
    }

    /** The stream of {@code from}. */
    public DataStream<DataRecord> from() {
        return get(StagePlan.FROM);
    }
}
