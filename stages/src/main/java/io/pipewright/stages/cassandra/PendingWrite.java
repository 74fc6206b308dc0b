package io.pipewright.stages.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.pipewright.stages.retry.Pending;
import io.pipewright.stages.retry.TimedRecord;
import java.util.List;

/** A write that has no outcome yet. */
final class PendingWrite extends Pending {

    final BoundStatement statement;

    PendingWrite(TimedRecord record, BoundStatement statement) {
        super(List.of(record));
        this.statement = statement;
    }
}
