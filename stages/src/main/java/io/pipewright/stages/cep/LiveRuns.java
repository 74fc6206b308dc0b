package io.pipewright.stages.cep;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** From the one used longest ago to the one used last. */
    private final Map<RecordKey, Entry> live = new LinkedHashMap<>(16, 0.75f, true);

    /** Those whose timers have not been looked after, and some that are not {@link Entry#touched} any more. */
    private final List<Entry> touched = new ArrayList<>();

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

    private static final class Entry {
        private final RecordKey key;
        private final Runs runs;
        private @Nullable Long timer;
        private boolean stored;
        private boolean changed;
        private boolean touched;
        private long events;

        /** No run began later, if it was not restored. */
        private long lookedAt;

        Entry(RecordKey key, Runs runs, @Nullable Long timer, boolean stored, long lookedAt) {
            this.key = key;
            this.runs = runs;
            this.timer = timer;
            this.stored = stored;
            this.events = runs.events();
            this.lookedAt = lookedAt;
        }
    }

    /** Whether an event with these conditions can change anything with this key. */
    boolean concerns(RecordKey key, long conditions) {
        return pattern.table().begins(conditions)
                || inState == null
                || sketch.mayHave(key) && (live.containsKey(key) || inState.contains(key));
    }

    /** Lets the runs of the current key look at an event. */
    void look(DataRecord event, long time, long conditions, Runs.Findings findings) throws IOException {
        RecordKey key = (RecordKey) context.getCurrentKey();
        Entry entry = find(key);
        if (entry == null) {
            if (!pattern.table().begins(conditions)) {
                return;
            }
            entry = enter(new Entry(key, new Runs(pattern), null, false, time));
        }
        Runs runs = entry.runs;
        long before = runs.events();
        entry.changed |= runs.advance(time, findings) | runs.look(event, time, conditions, findings);
        entry.events += runs.events() - before;
        events += runs.events() - before;
        entry.lookedAt = time;
        if (isTimed(entry)) {
            touch(entry);
        } else if (runs.isIdle()) {
            settle(entry);
        }
        makeRoom(key);
    }

    /** Whether something is to happen at the very moment when a run ends by time. */
    private boolean isTimed(Entry entry) {
        return punctual || entry.runs.holdsBack();
    }

    private void touch(Entry entry) {
        if (!entry.touched) {
            entry.touched = true;
            touched.add(entry);
        }
    }

    /** The current key's timer has fired. */
    void due(Runs.Findings findings) throws IOException {
        RecordKey key = (RecordKey) context.getCurrentKey();
        Entry entry = find(key);
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
        for (Entry entry : touched) {
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
        Iterator<Entry> eldest = live.values().iterator();
        while (eldest.hasNext()) {
            Entry entry = eldest.next();
            if (entry.lookedAt > time) {
                return;
            }
            context.setCurrentKey(entry.key);
            entry.changed |= entry.runs.advance(watermark, findings);
            if (!prepare(entry)) {
                return;
            }
            eldest.remove();
            left(entry);
        }
    }

    /** Writes to state what is not there yet. */
    void save() throws IOException {
        for (Entry entry : live.values()) {
            if (entry.changed) {
                context.setCurrentKey(entry.key);
                time(entry);
                write(entry);
            }
        }
    }

    private @Nullable Entry find(RecordKey key) throws IOException {
        if (inState != null && !sketch.mayHave(key)) {
            return null;
        }
        Entry entry = live.get(key);
        if (entry != null) {
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
            return enter(new Entry(key, format.read(kept), RunsFormat.timer(kept), true, timers.currentWatermark()));
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

    private Entry enter(Entry entry) {
        live.put(entry.key, entry);
        sketch.add(entry.key);
        events += entry.events;
        return entry;
    }

    /** Forgets a key without runs. */
    private void settle(Entry entry) {
        if (prepare(entry)) {
            live.remove(entry.key);
            left(entry);
        }
    }

    private void left(Entry entry) {
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
    private boolean prepare(Entry entry) {
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
    private void time(Entry entry) {
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
        Iterator<Entry> eldest = live.values().iterator();
        while (events > room && eldest.hasNext()) {
            Entry entry = eldest.next();
            context.setCurrentKey(entry.key);
            if (!prepare(entry)) {
                time(entry);
                if (entry.changed) {
                    write(entry);
                }
            }
            eldest.remove();
            left(entry);
        }
        context.setCurrentKey(current);
    }

    private void write(Entry entry) throws IOException {
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
