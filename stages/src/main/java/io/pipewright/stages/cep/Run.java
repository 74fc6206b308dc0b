package io.pipewright.stages.cep;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A match in the making: where in the pattern it stands, and what it has taken.
 *
 * @param last null for the run that has taken nothing yet, from which all others come
 */
record Run(int state, @Nullable Taken last) {

    /** Those that began earlier come first, the one that has not begun comes last. */
    static final Comparator<Run> BY_BEGINNING = Comparator.comparingLong(Run::beginning);

    private long beginning() {
        return last == null ? Long.MAX_VALUE : last.first().number();
    }

    /** Whether it began with this event or an earlier one. */
    boolean beganUpTo(Taken.Event event) {
        return beginning() <= event.number();
    }
}
