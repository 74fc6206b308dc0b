package io.pipewright.stages.file;

import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.stages.splits.DealtReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/** Reads one file after the other, one line per poll. */
final class LinesReader extends DealtReader<FileSplit> {

    private final boolean header;
    private final SourceDecoder decoder;
    private @Nullable DecodedFile file;

    LinesReader(boolean header, SourceDecoder decoder) {
        super(new ArrayDeque<>());
        this.header = header;
        this.decoder = decoder;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<SourceElement> outputs) throws IOException {
        if (file == null) {
            FileSplit next = next();
            if (next == null) {
                return nothingWaits();
            }
            file = DecodedFile.open(
                    next, header, decoder, LineFile::new, outputs.createOutputForSplit(next.splitId())::collect);
        }
        if (!file.decodeNext()) {
            file.close();
            outputs.releaseOutputForSplit(file.split().splitId());
            file = null;
        }
        return InputStatus.MORE_AVAILABLE;
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
