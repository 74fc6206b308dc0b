package io.pipewright.stages.cep;

import io.pipewright.spi.record.DataRecord;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The matches in the making of one key.
 *
 * <p>Does to them with each event what Flink CEP does, in the order in which it does it: the queues are the same, and the
 * order in which they hold what began with the same event shows in the order of matches.
 */
final class Runs {

    private static final Run[] NO_RUNS = {};

    private final Pattern pattern;
    private final PriorityQueue<Run> partial;

    /** Found, but not told while one that began earlier may still be found and exclude them. */
    private @Nullable PriorityQueue<Run> complete;

    private long events;

    /** The runs of a key with which no match has begun. */
    Runs(Pattern pattern) {
        this.pattern = pattern;
        this.partial = queue();
        this.partial.add(new Run(pattern.table.start(), null));
    }

    /**
     * Runs as they were kept.
     *
     * @param events how many events there are to which they refer, numbered from 0
     */
    Runs(Pattern pattern, List<Run> partial, List<Run> complete, long events) {
        this.pattern = pattern;
        this.partial = queue();
        this.partial.addAll(partial);
        if (!complete.isEmpty()) {
            this.complete = queue();
            this.complete.addAll(complete);
        }
        this.events = events;
    }

    /**
     * What is looked for.
     *
     * @param within in milliseconds, or {@link CepPlan#NO_LIMIT}
     * @param skipsPastLast whether a match excludes those that begin before its end
     */
    record Pattern(SequenceTable table, long within, boolean skipsPastLast) {

        static Pattern of(CepPlan plan) {
            return new Pattern(SequenceTable.of(plan.steps()), plan.within(), plan.skip() == CepOptions.Skip.PAST_LAST);
        }
    }

    /** Is told what was found. */
    interface Findings {

        /** A match. */
        void found(Taken match, long time);

        /** A partial match that ran out of time. */
        void timedOut(Taken match, long time);
    }

    /** Whether there is nothing to keep: no match has begun, none is held back. */
    boolean isIdle() {
        return partial.size() == 1 && !holdsBack();
    }

    /** Whether a match is held back until earlier runs have ended. */
    boolean holdsBack() {
        return complete != null && !complete.isEmpty();
    }

    /** The runs that go on, in the order in which they are to be kept. */
    Iterable<Run> partial() {
        return partial;
    }

    /** The matches that are held back, in the order in which they are to be kept. */
    Iterable<Run> complete() {
        return complete == null ? List.of() : complete;
    }

    /** The states of the runs that have begun, a bit for each; {@link LiveEntry#UNKNOWN} if there are none for one of them. */
    long states() {
        long states = 0;
        for (Run run : partial) {
            if (run.state() >= Long.SIZE) {
                return LiveEntry.UNKNOWN;
            }
            states |= run.last() == null ? 0 : 1L << run.state();
        }
        return states;
    }

    /** How many events were taken so far; never fewer than are still referred to. */
    long events() {
        return events;
    }

    /** When the next partial match runs out of time; null if none does. */
    @Nullable
    Long due() {
        Run earliest = partial.peek();
        Taken last = earliest == null ? null : earliest.last();
        return last == null || pattern.within == CepPlan.NO_LIMIT ? null : due(last);
    }

    private long due(Taken match) {
        long begun = match.first().time();
        return pattern.within > Long.MAX_VALUE - Math.max(0, begun) ? Long.MAX_VALUE : begun + pattern.within;
    }

    /**
     * Drops what has run out of time at this moment, of which all events before it are known.
     *
     * @return whether anything changed
     */
    boolean advance(long time, Findings findings) {
        Long due = due();
        if (due == null || due > time) {
            return false;
        }
        Run[] before = withdrawn();
        for (Run run : before) {
            Taken last = run.last();
            if (last == null || due(last) > time) {
                partial.add(run);
            }
        }
        tell(time, findings);
        for (Run run : before) {
            Taken last = run.last();
            if (last != null && due(last) <= time) {
                findings.timedOut(last, due(last));
            }
        }
        return true;
    }

    /**
     * Looks at the next event.
     *
     * @param conditions the bits of the steps that would take it
     * @return whether anything changed
     */
    boolean look(DataRecord record, long time, long conditions, Findings findings) {
        SequenceTable table = pattern.table;
        Taken.Event event = null;
        PriorityQueue<Run> completed = null;
        boolean changed = false;
        for (Run run : withdrawn()) {
            boolean stays = run.last() == null;
            for (int edge = table.first(run.state()); edge < table.end(run.state()); edge++) {
                if (!table.accepts(edge, conditions)) {
                    continue;
                }
                if (!table.takes(edge)) {
                    boolean moves = table.target(edge) != run.state();
                    partial.add(moves ? new Run(table.target(edge), run.last()) : run);
                    stays |= !moves;
                    continue;
                }
                if (event == null) {
                    event = new Taken.Event(record, time, events++);
                }
                Run next = new Run(table.target(edge), new Taken(event, table.step(edge), run.last()));
                if (next.state() != SequenceTable.FINAL) {
                    partial.add(next);
                }
                if (table.completes(edge)) {
                    completed = completed == null ? queue() : completed;
                    completed.add(new Run(SequenceTable.FINAL, next.last()));
                }
            }
            if (run.last() == null) {
                partial.add(run);
            }
            changed |= !stays;
        }
        if (complete == null) {
            complete = completed;
        } else if (completed != null) {
            complete.addAll(completed);
        }
        tell(time, findings);
        return changed || event != null;
    }

    /** The runs that were going on; none is from now on. */
    private Run[] withdrawn() {
        Run[] before = partial.toArray(NO_RUNS);
        partial.clear();
        return before;
    }

    private void tell(long time, Findings findings) {
        PriorityQueue<Run> found = complete;
        if (found == null) {
            return;
        }
        Run earliest = found.peek();
        while (earliest != null) {
            Run unfinished = partial.peek();
            if (pattern.skipsPastLast && unfinished != null && Run.BY_BEGINNING.compare(earliest, unfinished) > 0) {
                return;
            }
            found.poll();
            Taken match = earliest.last();
            if (match != null) {
                if (pattern.skipsPastLast) {
                    partial.removeIf(run -> run.beganUpTo(match.event()));
                    found.removeIf(run -> run.beganUpTo(match.event()));
                }
                findings.found(match, time);
            }
            earliest = found.peek();
        }
    }

    private static PriorityQueue<Run> queue() {
        return new PriorityQueue<>(2, Run.BY_BEGINNING); // most have no more
    }
}
