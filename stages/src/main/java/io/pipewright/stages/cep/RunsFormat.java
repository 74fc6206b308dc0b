package io.pipewright.stages.cep;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the runs of a key are kept in state: every event once, however many runs took it, with its fields by name; how the
 * runs refer to them, as numbers.
 *
 * <p>The numbers mean something to one pattern alone, so the pattern is kept with them: what was kept for another one is
 * recognised and cannot be misread.
 */
final class RunsFormat {

    private static final int PATTERN = 0;
    private static final int TIMER = 1;
    private static final int EVENTS = 2;
    private static final int TIMES = 3;
    private static final int TAKEN = 4;
    private static final int PARTIAL = 5;
    private static final int COMPLETE = 6;

    /** In place of the number of a {@link Taken}: none. */
    private static final int NOTHING = -1;

    private final int signature;
    private final Runs.Pattern pattern;

    /** @param signature of the pattern */
    RunsFormat(String signature, Runs.Pattern pattern) {
        this.signature = signature.hashCode();
        this.pattern = pattern;
    }

    /**
     * The type of the state.
     *
     * @param matched an event as it is in a match
     */
    static RecordType type(RecordType matched) {
        return RecordType.of(
                "runs",
                Field.of("pattern", Scalar.INT),
                Field.nullable("timer", Scalar.LONG),
                Field.of("events", new ListType(matched)),
                Field.of("times", new ListType(Scalar.LONG)),
                Field.of("taken", new ListType(Scalar.INT)),
                Field.of("partial", new ListType(Scalar.INT)),
                Field.of("complete", new ListType(Scalar.INT)));
    }

    /** Whether this was kept for the pattern that is looked for now. */
    boolean fits(DataRecord kept) {
        return Integer.valueOf(signature).equals(kept.get(PATTERN));
    }

    /** When the key's timer is due; null if it has none. */
    static @Nullable Long timer(DataRecord kept) {
        return (Long) kept.get(TIMER);
    }

    /** How many events are kept. */
    static int events(DataRecord kept) {
        return list(kept, EVENTS).size();
    }

    /** How many partial matches are kept, without the run that has taken nothing. */
    static int begun(DataRecord kept) {
        return list(kept, PARTIAL).size() / 2 - 1;
    }

    DataRecord write(Runs runs, @Nullable Long timer) {
        List<Taken> taken = new ArrayList<>();
        Map<Taken, Integer> numbers = new IdentityHashMap<>();
        runs.partial().forEach(run -> collect(run.last(), taken, numbers));
        runs.complete().forEach(run -> collect(run.last(), taken, numbers));
        taken.sort(Comparator.comparingLong(each -> each.event().number()));
        List<DataRecord> events = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        List<Integer> written = new ArrayList<>(3 * taken.size());
        Taken.Event last = null;
        for (int i = 0; i < taken.size(); i++) {
            Taken each = taken.get(i);
            numbers.put(each, i);
            if (each.event() != last) {
                last = each.event();
                events.add(last.record());
                times.add(last.time());
            }
            written.add(events.size() - 1);
            written.add(each.step());
            written.add(number(each.before(), numbers));
        }
        return DataRecord.of(
                signature,
                timer,
                events,
                times,
                written,
                written(runs.partial(), numbers),
                written(runs.complete(), numbers));
    }

    private static void collect(@Nullable Taken last, List<Taken> taken, Map<Taken, Integer> numbers) {
        for (Taken each = last; each != null && numbers.put(each, NOTHING) == null; each = each.before()) {
            taken.add(each);
        }
    }

    private static List<Integer> written(Iterable<Run> runs, Map<Taken, Integer> numbers) {
        List<Integer> written = new ArrayList<>();
        for (Run run : runs) {
            written.add(run.state());
            written.add(number(run.last(), numbers));
        }
        return written;
    }

    private static int number(@Nullable Taken taken, Map<Taken, Integer> numbers) {
        return taken == null ? NOTHING : numbers.getOrDefault(taken, NOTHING);
    }

    Runs read(DataRecord kept) {
        List<?> records = list(kept, EVENTS);
        List<?> times = list(kept, TIMES);
        Taken.Event[] events = new Taken.Event[records.size()];
        for (int i = 0; i < events.length; i++) {
            events[i] = new Taken.Event((DataRecord) records.get(i), (Long) times.get(i), i);
        }
        List<?> written = list(kept, TAKEN);
        Taken[] taken = new Taken[written.size() / 3];
        for (int i = 0; i < taken.length; i++) {
            int before = number(written, 3 * i + 2);
            taken[i] = new Taken(
                    events[number(written, 3 * i)],
                    number(written, 3 * i + 1),
                    before == NOTHING ? null : taken[before]);
        }
        return new Runs(pattern, runs(list(kept, PARTIAL), taken), runs(list(kept, COMPLETE), taken), events.length);
    }

    private static List<Run> runs(List<?> written, Taken[] taken) {
        List<Run> runs = new ArrayList<>(written.size() / 2);
        for (int i = 0; i < written.size(); i += 2) {
            int last = number(written, i + 1);
            runs.add(new Run(number(written, i), last == NOTHING ? null : taken[last]));
        }
        return runs;
    }

    private static int number(List<?> numbers, int position) {
        return (Integer) numbers.get(position);
    }

    private static List<?> list(DataRecord kept, int field) {
        return kept.get(field) instanceof List<?> list ? list : List.of();
    }
}
