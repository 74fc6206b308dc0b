package io.pipewright.bench.micro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.bench.contender.MicroPipeline;
import io.pipewright.bench.feed.Feed;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordDecoder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reading one line: this engine's decoder, a hand-written use of Jackson's streaming parser, and Jackson's tree. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParseBenchmark {

    private final Origin origin = new Origin("events", 0, 0);
    private final JsonFactory factory = new JsonFactory();
    private final ObjectMapper mapper = new ObjectMapper();
    private List<byte[]> lines = List.of();

    @SuppressWarnings("NullAway.Init") // set in prepare
    private RecordDecoder decoder;

    private int next;

    @Setup
    public void prepare() throws IOException {
        lines = Feed.soundLines(20_000);
        decoder = MicroPipeline.shipped().decoder();
    }

    private byte[] line() {
        next = next + 1 < lines.size() ? next + 1 : 0;
        return lines.get(next);
    }

    @Benchmark
    public Decoded decoder() {
        return decoder.decode(line(), origin);
    }

    @Benchmark
    public @Nullable Object byHand() {
        return MicroPipeline.parsedByHand(factory, line());
    }

    @Benchmark
    public JsonNode tree() throws IOException {
        return mapper.readTree(line());
    }
}
