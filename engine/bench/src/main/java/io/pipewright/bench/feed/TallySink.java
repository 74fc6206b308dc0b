package io.pipewright.bench.feed;

import java.io.IOException;
import java.io.Serializable;
import java.util.function.ToLongFunction;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.jspecify.annotations.Nullable;

/** The sink of all contenders: counts rows and adds up their hashes, and leaves both when the job ends. */
public final class TallySink<T> implements Sink<T> {

    private static final long serialVersionUID = 1L;

    private final FeedRun run;
    private final ResultKind kind;
    private final Hash<T> hash;

    /** {@link RowHash} of a row of a contender's own type. */
    public interface Hash<T> extends ToLongFunction<T>, Serializable {}

    public TallySink(FeedRun run, ResultKind kind, Hash<T> hash) {
        this.run = run;
        this.kind = kind;
        this.hash = hash;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new Writer();
    }

    @Override
    @Deprecated
    public SinkWriter<T> createWriter(InitContext context) {
        return new Writer();
    }

    private final class Writer implements SinkWriter<T> {
        private long rows;
        private long sum;
        private @Nullable Stopclock ended;

        @Override
        public void write(T row, Context context) {
            rows++;
            sum += hash.applyAsLong(row);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            if (endOfInput && ended == null) {
                ended = Stopclock.now();
                ResultFolder.of(run).leaveSink(kind, Tally.of(rows, sum), ended);
            }
        }

        @Override
        public void close() {}
    }
}
