package io.pipewright.stages.cep;

import io.pipewright.spi.record.DataRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that a step took, and those that were taken before it; immutable. Partial matches that began alike share what
 * they have in common.
 */
final class Taken {

    private final Event event;
    private final int step;
    private final @Nullable Taken before;
    private final Event first;

    Taken(Event event, int step, @Nullable Taken before) {
        this.event = event;
        this.step = step;
        this.before = before;
        this.first = before == null ? event : before.first;
    }

    /**
     * An event of one key.
     *
     * @param number in the order in which the key's events are looked at; rising, not without gaps
     */
    record Event(DataRecord record, long time, long number) {}

    Event event() {
        return event;
    }

    int step() {
        return step;
    }

    @Nullable
    Taken before() {
        return before;
    }

    /** The event that the match began with. */
    Event first() {
        return first;
    }

    /** The events of each step in the order in which they were taken; none for a step that was not reached. */
    List<DataRecord>[] bySteps(int steps) {
        @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a generic type
        List<DataRecord>[] events = new List[steps];
        for (Taken each = this; each != null; each = each.before) {
            List<DataRecord> ofStep = events[each.step];
            if (ofStep == null) {
                ofStep = new ArrayList<>();
                events[each.step] = ofStep;
            }
            ofStep.add(each.event.record);
        }
        for (int i = 0; i < steps; i++) {
            if (events[i] == null) {
                events[i] = List.of();
            } else {
                Collections.reverse(events[i]);
            }
        }
        return events;
    }
}
