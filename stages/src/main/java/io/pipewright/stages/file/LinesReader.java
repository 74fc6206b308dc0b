package io.pipewright.stages.file;

import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.stages.splits.DealtReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/** Reads one file after the other, one line per poll. */
final class LinesReader extends DealtReader<FileSplit> {

    private final boolean header;
    private final SourceDecoder decoder;
    private @Nullable LineFile file;
    private SourceDecoder decoderOfFile;
    private @Nullable SourceOutput<SourceElement> output;

    LinesReader(boolean header, SourceDecoder decoder) {
        super(new ArrayDeque<>());
        this.header = header;
        this.decoder = decoder;
        this.decoderOfFile = decoder;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<SourceElement> outputs) throws IOException {
        if (file == null) {
            FileSplit next = next();
            if (next == null) {
                return nothingWaits();
            }
            file = open(next);
            output = outputs.createOutputForSplit(next.splitId());
        }
        byte[] line = file.next();
        if (line == null) {
            file.close();
            outputs.releaseOutputForSplit(file.path());
            file = null;
        } else if (output != null) {
            SourceOutput<SourceElement> out = output;
            decoderOfFile.decode(line, new Origin(file.path(), 0, file.lines()), SourceElement.NO_TIME, out::collect);
        }
        return InputStatus.MORE_AVAILABLE;
    }

    /** A file goes on where it was left, but its header is read again: it is in no checkpoint. */
    private LineFile open(FileSplit split) throws IOException {
        if (!header) {
            return new LineFile(split);
        }
        LineFile fromStart = new LineFile(new FileSplit(split.path(), 0, 0));
        byte[] first = fromStart.next();
        decoderOfFile = first == null ? decoder : decoder.below(first);
        if (split.position() <= fromStart.split().position()) {
            return fromStart;
        }
        fromStart.close();
        return new LineFile(split);
    }

    @Override
    public List<FileSplit> snapshotState(long checkpointId) {
        List<FileSplit> splits = new ArrayList<>();
        if (file != null) {
            splits.add(file.split());
        }
        splits.addAll(super.snapshotState(checkpointId));
        return splits;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
