package io.pipewright.bench.feed;

import java.io.IOException;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The source of all contenders. It ends, but says that it does not, as a topic would: what an engine does for sources
 * without an end is then part of the measurement.
 */
public final class FeedSource<T> implements Source<T, Stride, Integer> {

    private static final long serialVersionUID = 1L;

    private final FeedRun run;
    private final EventReader<T> reader;

    public FeedSource(FeedRun run, EventReader<T> reader) {
        this.run = run;
        this.reader = reader;
    }

    /** A source of the bytes themselves. */
    public static FeedSource<byte[]> ofBytes(FeedRun run) {
        return new FeedSource<>(run, (line, sequence, out) -> out.accept(line));
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<T, Stride> createReader(SourceReaderContext context) throws IOException {
        return new FeedReader<>(run, reader, context);
    }

    @Override
    public SplitEnumerator<Stride, Integer> createEnumerator(SplitEnumeratorContext<Stride> context) {
        return new FeedEnumerator(run, context);
    }

    @Override
    public SplitEnumerator<Stride, Integer> restoreEnumerator(
            SplitEnumeratorContext<Stride> context, Integer checkpoint) {
        throw new IllegalStateException("a measured job is not restored");
    }

    @Override
    public SimpleVersionedSerializer<Stride> getSplitSerializer() {
        return new Stride.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
        return new NothingSerializer();
    }

    /** The enumerator remembers nothing. */
    private static final class NothingSerializer implements SimpleVersionedSerializer<Integer> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Integer nothing) {
            return new byte[0];
        }

        @Override
        public Integer deserialize(int version, byte[] serialized) {
            return 0;
        }
    }
}
