package io.pipewright.stages.retry;

import java.util.List;

/** What a {@link RetryingWriter} sends at once and does not yet know the outcome of; touched by the task's thread alone. */
public abstract class Pending {

    private final List<TimedRecord> records;

    final Attempts attempts = new Attempts();

    /** @param records what the server has when it has this */
    protected Pending(List<TimedRecord> records) {
        this.records = List.copyOf(records);
    }

    List<TimedRecord> records() {
        return records;
    }
}
