package io.pipewright.stages.cep;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
 * out has one timer, for the earliest that may be due.
 */
final class LiveRuns {

    private final ValueState<DataRecord> state;
    private final RunsFormat format;
    private final Runs.Pattern pattern;
    private final InternalTimerService<VoidNamespace> timers;
    private final KeyContext context;
    private final Counter lost;
    private final int room;

    /** From the one used longest ago to the one used last. */
    private final Map<RecordKey, Entry> live = new LinkedHashMap<>(16, 0.75f, true);

    /** Those whose timers have not been looked after. */
    private final Set<Entry> touched = new LinkedHashSet<>();

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
            int room,
            Stream<RecordKey> keys) {
        this.state = state;
        this.format = format;
        this.pattern = pattern;
        this.timers = timers;
        this.context = context;
        this.lost = lost;
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
        private long events;

        Entry(RecordKey key, Runs runs, @Nullable Long timer, boolean stored) {
            this.key = key;
            this.runs = runs;
            this.timer = timer;
            this.stored = stored;
            this.events = runs.events();
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
            entry = enter(new Entry(key, new Runs(pattern), null, false));
        }
        Runs runs = entry.runs;
        long before = runs.events();
        entry.changed |= runs.advance(time, findings) | runs.look(event, time, conditions, findings);
        entry.events += runs.events() - before;
        events += runs.events() - before;
        touched.add(entry);
        makeRoom(key);
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
            context.setCurrentKey(entry.key);
            entry.changed |= entry.runs.advance(watermark, findings);
            settle(entry);
        }
        touched.clear();
    }

    /** Writes to state what is not there yet. */
    void save() throws IOException {
        for (Entry entry : live.values()) {
            if (entry.changed) {
                context.setCurrentKey(entry.key);
                write(entry);
            }
        }
    }

    private @Nullable Entry find(RecordKey key) throws IOException {
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
            return enter(new Entry(key, format.read(kept), RunsFormat.timer(kept), true));
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
            sketch.remove(entry.key);
            events -= entry.events;
        }
    }

    /**
     * Sees to the timer and the state of the current key. A timer that comes too early stays, it looks again when it
     * fires; none comes too late, as runs begin in order.
     *
     * @return whether nothing is left to keep
     */
    private boolean prepare(Entry entry) {
        boolean idle = entry.runs.isIdle();
        Long due = entry.runs.due();
        if (idle && entry.timer != null) {
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, entry.timer);
        } else if (due != null && entry.timer == null) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due);
            entry.timer = due;
            entry.changed = true;
        }
        if (idle && entry.stored) {
            clear(entry.key);
        }
        return idle;
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
            if (!prepare(entry) && entry.changed) {
                write(entry);
            }
            touched.remove(entry);
            events -= entry.events;
            eldest.remove();
            sketch.remove(entry.key);
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
