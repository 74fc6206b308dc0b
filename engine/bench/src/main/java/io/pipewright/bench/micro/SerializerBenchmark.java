package io.pipewright.bench.micro;

import io.pipewright.bench.contender.MicroPipeline;
import io.pipewright.bench.feed.Feed;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.record.RecordTypeInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Writing a record of the topic and reading it back, as an exchange between two subtasks does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SerializerBenchmark {

    private final DataOutputSerializer out = new DataOutputSerializer(512);
    private final DataInputDeserializer in = new DataInputDeserializer();
    private final List<DataRecord> records = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set in prepare
    private TypeSerializer<DataRecord> serializer;

    private int next;

    @Setup
    public void prepare() throws IOException {
        MicroPipeline pipeline = MicroPipeline.shipped();
        serializer = RecordTypeInfo.of(pipeline.event()).createSerializer(new SerializerConfigImpl());
        RecordDecoder decoder = pipeline.decoder();
        for (byte[] line : Feed.soundLines(1_000)) {
            if (decoder.decode(line, new Origin("events", 0, records.size())) instanceof Decoded.Ok ok) {
                records.add(ok.record());
            }
        }
    }

    @Benchmark
    public DataRecord thereAndBack() throws IOException {
        next = next + 1 < records.size() ? next + 1 : 0;
        out.clear();
        serializer.serialize(records.get(next), out);
        in.setBuffer(out.getSharedBuffer(), 0, out.length());
        return serializer.deserialize(in);
    }
}
