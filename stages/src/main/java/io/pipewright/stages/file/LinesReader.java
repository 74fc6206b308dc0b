package io.pipewright.stages.file;

import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/** Reads one file after the other, one line per poll, on the task's thread. */
final class LinesReader implements SourceReader<SourceElement, FileSplit> {

    private final SourceDecoder decoder;
    private final Deque<FileSplit> waiting = new ArrayDeque<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private boolean noMore;
    private @Nullable LineFile file;
    private @Nullable SourceOutput<SourceElement> output;

    LinesReader(SourceDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<SourceElement> outputs) throws IOException {
        if (file == null) {
            FileSplit next = waiting.poll();
            if (next == null) {
                return noMore ? InputStatus.END_OF_INPUT : nothing();
            }
            file = new LineFile(next);
            output = outputs.createOutputForSplit(next.splitId());
        }
        byte[] line = file.next();
        if (line == null) {
            file.close();
            outputs.releaseOutputForSplit(file.path());
            file = null;
        } else if (output != null) {
            SourceOutput<SourceElement> out = output;
            decoder.decode(line, new Origin(file.path(), 0, file.lines()), SourceElement.NO_TIME, out::collect);
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private InputStatus nothing() {
        if (available.isDone()) {
            available = new CompletableFuture<>();
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<FileSplit> snapshotState(long checkpointId) {
        List<FileSplit> splits = new ArrayList<>();
        if (file != null) {
            splits.add(file.split());
        }
        splits.addAll(waiting);
        return splits;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void addSplits(List<FileSplit> splits) {
        waiting.addAll(splits);
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMore = true;
        available.complete(null);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
