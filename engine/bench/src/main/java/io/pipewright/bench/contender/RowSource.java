package io.pipewright.bench.contender;

import io.pipewright.bench.feed.FeedRun;
import io.pipewright.bench.feed.ResultFolder;
import io.pipewright.bench.feed.Stopclock;
import java.util.Collection;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceReaderBase;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.NumberSequenceIterator;
import org.jspecify.annotations.Nullable;

/** Numbered rows from memory, for jobs that do nothing but write; the clock starts with the first one. */
final class RowSource<T> implements Source<T, NumberSequenceSplit, Collection<NumberSequenceSplit>> {

    private static final long serialVersionUID = 1L;

    private final FeedRun run;
    private final RowMaker<T> maker;
    private final NumberSequenceSource numbers;

    RowSource(FeedRun run, RowMaker<T> maker) {
        this.run = run;
        this.maker = maker;
        this.numbers = new NumberSequenceSource(0, run.events() - 1);
    }

    private final class Reader extends IteratorSourceReaderBase<Long, T, NumberSequenceIterator, NumberSequenceSplit> {
        private final int subtask;
        private @Nullable Stopclock first;
        private long count;

        Reader(SourceReaderContext context) {
            super(context);
            this.subtask = context.getIndexOfSubtask();
        }

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) {
            if (first == null) {
                first = Stopclock.now();
            }
            return super.pollNext(output);
        }

        @Override
        protected T convert(Long number) {
            count++;
            return maker.make(number);
        }

        @Override
        public void close() throws Exception {
            if (first != null) {
                ResultFolder.of(run).leaveSource(subtask, count, first);
            }
            super.close();
        }
    }

    @Override
    public SourceReader<T, NumberSequenceSplit> createReader(SourceReaderContext context) {
        maker.open();
        return new Reader(context);
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> createEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> context) {
        return numbers.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> restoreEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> context, Collection<NumberSequenceSplit> checkpoint) {
        return numbers.restoreEnumerator(context, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
        return numbers.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Collection<NumberSequenceSplit>> getEnumeratorCheckpointSerializer() {
        return numbers.getEnumeratorCheckpointSerializer();
    }
}
