package io.pipewright.flink.source;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Any source, kept to a rate over all its subtasks, and with splits marked idle that have been read to their end.
 *
 * <p>Of every second's limit a reader gets the share that its splits are of all splits. In any 10 s no more than 1 %
 * over the limit is emitted (and one record per subtask, where the limit is below 12 a second each); the limit is
 * reached when every subtask has a backlog. No record is dropped. Checkpoints are those of the source inside, so that
 * a limit may be added, changed or removed between two runs.
 */
public final class PacedSource<T, S extends SourceSplit, E> implements Source<T, S, E> {

    private static final long serialVersionUID = 1L;

    private final Source<T, S, E> source;
    private final Pacing pacing;
    private final Alarm.Factory alarms;

    public PacedSource(Source<T, S, E> source, Pacing pacing) {
        this(source, pacing, DaemonAlarm::new);
    }

    PacedSource(Source<T, S, E> source, Pacing pacing, Alarm.Factory alarms) {
        this.source = source;
        this.pacing = pacing;
        this.alarms = alarms;
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SourceReader<T, S> createReader(SourceReaderContext context) throws Exception {
        return new PacedReader<>(source.createReader(context), context, pacing, alarms.create());
    }

    @Override
    public SplitEnumerator<S, E> createEnumerator(SplitEnumeratorContext<S> context) throws Exception {
        return new PacedEnumerator<>(source.createEnumerator(context), context, pacing);
    }

    @Override
    public SplitEnumerator<S, E> restoreEnumerator(SplitEnumeratorContext<S> context, E checkpoint) throws Exception {
        return new PacedEnumerator<>(source.restoreEnumerator(context, checkpoint), context, pacing);
    }

    @Override
    public SimpleVersionedSerializer<S> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<E> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }
}
