package io.pipewright.spi.stage;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;

/**
 * Tells whether a record is late, also right after a restore.
 *
 * <p>Flink keeps no watermarks in its checkpoints: a restored operator would take for timely what it had already decided
 * without. So an operator that acts on watermarks keeps the highest one here; after a restore the lowest among the
 * subtasks counts, since a record may then reach any of them. The watermark that ends a stream is not kept: it is no
 * time, and a job that goes on from a drained savepoint has a future.
 */
public final class Lateness {

    /** The watermark of an operator that has seen none. */
    public static final long NONE = Long.MIN_VALUE;

    private static final String STATE = "watermark";

    private final ListState<Long> kept;
    private long reached;
    private boolean ended;

    private Lateness(ListState<Long> kept, long reached) {
        this.kept = kept;
        this.reached = reached;
    }

    /**
     * To be called in the operator's {@code initializeState}.
     *
     * @throws Exception if the state cannot be read
     */
    public static Lateness restore(OperatorStateStore state) throws Exception {
        ListState<Long> kept = state.getUnionListState(new ListStateDescriptor<>(STATE, LongSerializer.INSTANCE));
        long lowest = Long.MAX_VALUE;
        for (long each : kept.get()) {
            lowest = Math.min(lowest, each);
        }
        return new Lateness(kept, lowest == Long.MAX_VALUE ? NONE : lowest);
    }

    /** The operator is about to act on a watermark. */
    public void advance(long watermark) {
        if (watermark == Long.MAX_VALUE) {
            ended = true;
        } else {
            reached = Math.max(reached, watermark);
        }
    }

    /** The highest watermark that was acted on, before a restore or since, in milliseconds; {@link #NONE} if none was. */
    public long watermark() {
        return ended ? Long.MAX_VALUE : reached;
    }

    /** Whether what belongs to this moment has already been decided. */
    public boolean isLate(long time) {
        return time <= watermark();
    }

    /**
     * To be called in the operator's {@code snapshotState}.
     *
     * @throws Exception if the state cannot be written
     */
    public void snapshot() throws Exception {
        kept.update(List.of(reached));
    }
}
