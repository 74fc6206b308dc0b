package io.pipewright.stages.cep;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * The runs of all keys: those of the keys seen last as they are worked on, those of the others in state.
 *
 * <p>Runs come and go with a few events, often between two checkpoints. So they are written to state when a checkpoint is
 * taken, or when they must make room for others; a key that has no runs has no state either. A key whose runs can time
 * out has one timer, for the earliest that may be due, as soon as it has state or something waits for that moment. Runs on
 * the heap that nothing waits for are dropped with the next event of their key, or some time after the last one: most end
 * so soon that a timer would be dearer than all else.
 *
 * <p>It is one file because a key's place - heap, state, timer, sketch - changes in all of them at once or is wrong.
 */
final class LiveRuns {

    private final ValueState<DataRecord> state;
    private final RunsFormat format;
    private final Runs.Pattern pattern;
    private final InternalTimerService<VoidNamespace> timers;
    private final KeyContext context;
    private final Counter lost;
    private final boolean punctual;
    private final int room;

    private final LiveEntries live = new LiveEntries();

    /** Those whose timers have not been looked after, and some that are not {@link LiveEntry#touched} any more. */
    private final List<LiveEntry> touched = new ArrayList<>();

    private long events;

    /** What is in {@link #live} and in {@link #inState}, to ask before them: most events concern neither. */
    private final KeySketch sketch = new KeySketch();

    /** The keys that have state, or null once they were more than there is room for; then state is asked for each. */
    private @Nullable Set<RecordKey> inState;

    /**
     * The runs that are in this state.
     *
     * @param context where the current key is set
     * @param lost counts the partial matches that were for another pattern
     * @param punctual whether partial matches are told when they run out of time
     * @param room for how many events of runs there is on the heap, over all keys; and for how many keys of state
     * @param keys that have state
     */
    LiveRuns(
            ValueState<DataRecord> state,
            RunsFormat format,
            Runs.Pattern pattern,
            InternalTimerService<VoidNamespace> timers,
            KeyContext context,
            Counter lost,
            boolean punctual,
            int room,
            Stream<RecordKey> keys) {
        this.state = state;
        this.format = format;
        this.pattern = pattern;
        this.timers = timers;
        this.context = context;
        this.lost = lost;
        this.punctual = punctual;
        this.room = room;
        this.inState = keys.limit(room + 1L).collect(Collectors.toCollection(HashSet::new));
        inState.forEach(sketch::add);
        countState();
    }

    private void countState() {
        if (inState != null && inState.size() > room) {
            inState = null;
        }
    }

    /**
     * Whether {@link #look} has anything to do for an event with these conditions. If all that it would do is to let the
     * key's runs end, that is done here, with nothing else of them touched.
     */
    boolean concerns(RecordKey key, long conditions) {
        if (inState == null || pattern.table().begins(conditions)) {
            return true;
        }
        if (!sketch.mayHave(key)) {
            return false;
        }
        LiveEntry entry = live.get(key);
        if (entry == null) {
            return inState.contains(key);
        }
        if (!endsUnseen(entry, conditions)) {
            return true;
        }
        live.remove(entry);
        left(entry);
        return false;
    }

    /** Whether all runs of a key end with an event that begins none, and nobody is told nor anything but them is kept. */
    private boolean endsUnseen(LiveEntry entry, long conditions) {
        return entry.states != LiveEntry.UNKNOWN
                && !entry.stored
                && entry.timer == null
                && pattern.table().ends(entry.states, conditions);
    }

    /** Lets the runs of the current key look at an event. */
    void look(DataRecord event, long time, long conditions, Runs.Findings findings) throws IOException {
        RecordKey key = (RecordKey) context.getCurrentKey();
        LiveEntry entry = find(key);
        if (entry == null) {
            if (!pattern.table().begins(conditions)) {
                return;
            }
            entry = enter(new LiveEntry(key, new Runs(pattern), null, false, time));
        }
        Runs runs = entry.runs;
        long before = runs.events();
        entry.changed |= runs.advance(time, findings) | runs.look(event, time, conditions, findings);
        entry.events += runs.events() - before;
        events += runs.events() - before;
        entry.lookedAt = time;
        if (isTimed(entry)) {
            entry.states = LiveEntry.UNKNOWN;
            touch(entry);
        } else {
            entry.states = runs.states();
            if (runs.isIdle()) {
                settle(entry);
            }
        }
        makeRoom(key);
    }

    /** Whether something is to happen at the very moment when a run ends by time. */
    private boolean isTimed(LiveEntry entry) {
        return punctual || entry.runs.holdsBack();
    }

    private void touch(LiveEntry entry) {
        if (!entry.touched) {
            entry.touched = true;
            touched.add(entry);
        }
    }

    /** The current key's timer has fired. */
    void due(Runs.Findings findings) throws IOException {
        RecordKey key = (RecordKey) context.getCurrentKey();
        LiveEntry entry = find(key);
        if (entry != null) {
            entry.timer = null;
            entry.changed = true;
            entry.runs.advance(timers.currentWatermark(), findings);
            settle(entry);
            makeRoom(key);
        }
    }

    /** All events up to this watermark have been looked at. */
    void advance(long watermark, Runs.Findings findings) throws IOException {
        for (LiveEntry entry : touched) {
            if (entry.touched) {
                entry.touched = false;
                context.setCurrentKey(entry.key);
                entry.changed |= entry.runs.advance(watermark, findings);
                settle(entry);
            }
        }
        touched.clear();
        if (!punctual && pattern.within() != CepPlan.NO_LIMIT && watermark >= Long.MIN_VALUE + pattern.within()) {
            dropUpTo(watermark - pattern.within(), watermark, findings);
        }
    }

    /** Drops what was looked at last by this time; what was used longer ago comes first. */
    private void dropUpTo(long time, long watermark, Runs.Findings findings) {
        LiveEntry entry = live.eldest();
        while (entry != null && entry.lookedAt <= time) {
            context.setCurrentKey(entry.key);
            entry.changed |= entry.runs.advance(watermark, findings);
            if (!prepare(entry)) {
                return;
            }
            live.remove(entry);
            left(entry);
            entry = live.eldest();
        }
    }

    /** Writes to state what is not there yet. */
    void save() throws IOException {
        for (LiveEntry entry = live.eldest(); entry != null; entry = entry.newer) {
            if (entry.changed) {
                context.setCurrentKey(entry.key);
                time(entry);
                write(entry);
            }
        }
    }

    private @Nullable LiveEntry find(RecordKey key) throws IOException {
        if (inState != null && !sketch.mayHave(key)) {
            return null;
        }
        LiveEntry entry = live.get(key);
        if (entry != null) {
            live.use(entry);
            return entry;
        }
        if (inState != null && !inState.contains(key)) {
            return null;
        }
        DataRecord kept = state.value();
        if (kept == null) {
            return null;
        }
        if (format.fits(kept)) {
            return enter(
                    new LiveEntry(key, format.read(kept), RunsFormat.timer(kept), true, timers.currentWatermark()));
        }
        lost.inc(RunsFormat.begun(kept));
        Long timer = RunsFormat.timer(kept);
        if (timer != null) {
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, timer);
        }
        clear(key);
        return null;
    }

    private void clear(RecordKey key) {
        state.clear();
        if (inState != null && inState.remove(key)) {
            sketch.remove(key);
        }
    }

    private LiveEntry enter(LiveEntry entry) {
        live.add(entry);
        sketch.add(entry.key);
        events += entry.events;
        return entry;
    }

    /** Forgets a key without runs. */
    private void settle(LiveEntry entry) {
        if (prepare(entry)) {
            live.remove(entry);
            left(entry);
        }
    }

    private void left(LiveEntry entry) {
        entry.touched = false;
        sketch.remove(entry.key);
        events -= entry.events;
    }

    /**
     * Sees to the timer and the state of the current key. A timer that comes too early stays, it looks again when it
     * fires; none comes too late, as runs begin in order.
     *
     * @return whether nothing is left to keep
     */
    private boolean prepare(LiveEntry entry) {
        boolean idle = entry.runs.isIdle();
        if (idle && entry.timer != null) {
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, entry.timer);
        } else if (isTimed(entry)) {
            time(entry);
        }
        if (idle && entry.stored) {
            clear(entry.key);
        }
        return idle;
    }

    /** Sees to it that the current key has a timer, if its runs can time out. */
    private void time(LiveEntry entry) {
        Long due = entry.runs.due();
        if (due != null && entry.timer == null) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due);
            entry.timer = due;
            entry.changed = true;
        }
    }

    /** What may be due already, as not all events up to the watermark were looked at, is left to the timers. */
    private void makeRoom(RecordKey current) throws IOException {
        if (events <= room) {
            return;
        }
        LiveEntry entry = live.eldest();
        while (events > room && entry != null) {
            context.setCurrentKey(entry.key);
            if (!prepare(entry)) {
                time(entry);
                if (entry.changed) {
                    write(entry);
                }
            }
            live.remove(entry);
            left(entry);
            entry = live.eldest();
        }
        context.setCurrentKey(current);
    }

    private void write(LiveEntry entry) throws IOException {
        DataRecord kept = format.write(entry.runs, entry.timer);
        state.update(kept);
        if (inState != null && inState.add(entry.key)) {
            sketch.add(entry.key);
            countState();
        }
        entry.stored = true;
        entry.changed = false;
        events += RunsFormat.events(kept) - entry.events;
        entry.events = RunsFormat.events(kept);
    }
}
