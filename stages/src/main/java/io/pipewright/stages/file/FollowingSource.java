package io.pipewright.stages.file;

import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Reads the lines of files as they are written, and those of files that are made later; it never ends.
 *
 * <p>A file is a split, which one reader has until the file is gone. The enumerator looks for files every so often, deals
 * out new ones and tells the readers what has changed. Readers never look by themselves, so that all go by one view.
 */
final class FollowingSource implements Source<SourceElement, FollowedFile, Set<String>> {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final Duration pollEvery;
    private final FollowingReader.Lines lines;

    /**
     * @param header whether the first line of each file is no record but says what stands where in the others
     * @param timed whether the records have event times, so that it matters which files are read to their ends
     */
    FollowingSource(String path, Duration pollEvery, boolean header, boolean timed, SourceDecoder decoder) {
        this.path = path;
        this.pollEvery = pollEvery;
        this.lines = new FollowingReader.Lines(header, timed, decoder);
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<SourceElement, FollowedFile> createReader(SourceReaderContext context) {
        return new FollowingReader(lines, context.metricGroup());
    }

    @Override
    public SplitEnumerator<FollowedFile, Set<String>> createEnumerator(SplitEnumeratorContext<FollowedFile> context) {
        return restoreEnumerator(context, Set.of());
    }

    @Override
    public SplitEnumerator<FollowedFile, Set<String>> restoreEnumerator(
            SplitEnumeratorContext<FollowedFile> context, Set<String> dealt) {
        return new FollowingEnumerator(new FilePattern(path), pollEvery, context, dealt);
    }

    @Override
    public SimpleVersionedSerializer<FollowedFile> getSplitSerializer() {
        return new FollowedFile.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<Set<String>> getEnumeratorCheckpointSerializer() {
        return new FileKeysSerializer();
    }
}
