package io.pipewright.stages.cep;

import io.pipewright.spi.record.RecordKey;
import org.jspecify.annotations.Nullable;

/** The runs of one key as {@link LiveRuns} works on them, and what it has to know of the key beside them. */
final class LiveEntry {

    /** In place of {@link #states}: the runs have to be asked. */
    static final long UNKNOWN = -1;

    final RecordKey key;
    final int hash;
    final Runs runs;

    /** When the key's timer is due; null if it has none. */
    @Nullable
    Long timer;

    /** Whether the key has state, and whether that is out of date. */
    boolean stored;

    boolean changed;

    /** Whether the timer is to be looked after at the next watermark. */
    boolean touched;

    /** How many events the runs hold, as they were counted. */
    long events;

    /** No run began later, if it was not restored. */
    long lookedAt;

    /** Where the runs stand, a bit for each state of the pattern: to let them end without looking at them. */
    long states = UNKNOWN;

    /** Of {@link LiveEntries} alone: the next one in its slot, and its neighbours in the order of use. */
    @Nullable
    LiveEntry chained;

    @Nullable
    LiveEntry older;

    @Nullable
    LiveEntry newer;

    LiveEntry(RecordKey key, Runs runs, @Nullable Long timer, boolean stored, long lookedAt) {
        this.key = key;
        this.hash = key.hashCode();
        this.runs = runs;
        this.timer = timer;
        this.stored = stored;
        this.events = runs.events();
        this.lookedAt = lookedAt;
    }
}
