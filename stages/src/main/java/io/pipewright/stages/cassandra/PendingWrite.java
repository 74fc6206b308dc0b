package io.pipewright.stages.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.pipewright.spi.record.DataRecord;
import org.jspecify.annotations.Nullable;

/** A write that has no outcome yet; touched by the task's thread alone. */
final class PendingWrite {

    final DataRecord record;
    final @Nullable Long eventTime;
    final BoundStatement statement;

    /** Attempts that count against the record. */
    int counted;

    /** All attempts that failed. */
    int failed;

    /** {@link io.pipewright.stages.retry.Reachability#answers} when the current attempt began. */
    long answersBefore;

    PendingWrite(DataRecord record, @Nullable Long eventTime, BoundStatement statement) {
        this.record = record;
        this.eventTime = eventTime;
        this.statement = statement;
    }
}
