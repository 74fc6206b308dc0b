package io.pipewright.stages.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.cassandra.CassandraSinkOptions.WriteTimestamp;
import io.pipewright.stages.retry.RetryingWriter;
import io.pipewright.stages.retry.TimedRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Writes or deletes the row of each record with a statement of its own.
 *
 * <p>Those in flight reach the servers in any order. What counts are their timestamps: no two of a subtask have the same
 * by {@link WriteClock}, and each keeps that of its first attempt. So neither they nor retries reorder what is done to one
 * row, and a deletion never wins over the upsert after it, as it would at equal timestamps.
 */
final class CassandraWriter extends RetryingWriter<PendingWrite> {

    private static final long serialVersionUID = 1L;

    private final transient CassandraSinkPlan plan;
    private final transient RecordType input;
    private final transient WriteClock clock = new WriteClock(Clock.systemUTC());
    private transient @Nullable OpenTable table;

    CassandraWriter(CassandraSinkPlan plan, RecordType input, Failures failures, MailboxExecutor mailbox) {
        super(plan.maxInFlight(), plan.retry().rules(), input, failures, mailbox);
        this.plan = plan;
        this.input = input;
    }

    /** The session, and the statements prepared on it. */
    private record OpenTable(CqlSession session, RowBinder binder) {}

    @Override
    public void open() throws Exception {
        super.open();
        measure("retriedWrites", "writesInFlight");
        table = connect();
    }

    /** Connects, however often that takes while Cassandra is unreachable, within {@code unreachableFor}. */
    private OpenTable connect() throws InterruptedException {
        long start = System.nanoTime();
        for (int failed = 1; ; failed++) {
            @Nullable CqlSession session = null;
            try {
                session = CassandraSessions.open(
                        plan.cluster(), plan.table().keyspace(), plan.id(), plan.timeout(), plan.maxInFlight());
                return new OpenTable(session, RowBinder.prepare(plan, input, session));
            } catch (RuntimeException e) {
                if (session != null) {
                    CassandraSessions.close(session);
                }
                Duration passed = Duration.ofNanos(System.nanoTime() - start);
                if (!worthRetrying(e) || passed.compareTo(plan.retry().unreachableFor()) >= 0) {
                    throw failedStart(e);
                }
                TimeUnit.NANOSECONDS.sleep(waitAfter(failed).toNanos());
            }
        }
    }

    private static boolean worthRetrying(RuntimeException error) {
        Throwable cause = error instanceof CassandraUnavailableException ? error.getCause() : error;
        if (cause == null) {
            return false;
        }
        DriverErrors.Meaning meaning = DriverErrors.meaning(cause);
        return meaning == DriverErrors.Meaning.UNREACHABLE || meaning == DriverErrors.Meaning.TRANSIENT;
    }

    private CassandraUnavailableException failedStart(RuntimeException error) {
        if (error instanceof CassandraUnavailableException told) {
            return new CassandraUnavailableException(
                    "`" + plan.id() + "` cannot write: " + told.problem(), told.action(), error);
        }
        return new CassandraUnavailableException(
                "`" + plan.id() + "` cannot write to `" + plan.table().qualifiedName() + "` in Cassandra at "
                        + plan.cluster().addresses() + ": " + DriverErrors.sentence(error) + ".",
                "Create the table as the schema file declares it, and check the rights.",
                error);
    }

    @Override
    protected void take(TimedRecord record) {
        BoundStatement statement = openTable().binder().bind(record.record(), timestamp(record.eventTime()));
        send(new PendingWrite(record, statement));
    }

    private long timestamp(@Nullable Long eventTime) {
        if (plan.writeTimestamp() == WriteTimestamp.NOW) {
            return clock.next();
        }
        if (eventTime == null) {
            throw new EvaluationException("no-event-time", "The record has no event time to write it with.");
        }
        return Math.multiplyExact(eventTime, 1_000L);
    }

    @Override
    protected void ask(PendingWrite write) {
        try {
            openTable()
                    .session()
                    .executeAsync(write.statement)
                    .whenComplete((rows, error) -> inTask(() -> answer(write, error)));
        } catch (RuntimeException e) {
            // A driver that throws instead of answering; the answer comes through the mailbox like the others.
            inTask(() -> answer(write, e));
        }
    }

    private void answer(PendingWrite write, @Nullable Throwable error) {
        if (error == null) {
            taken(write);
            return;
        }
        String sentence = DriverErrors.sentence(error);
        switch (DriverErrors.meaning(error)) {
            case REFUSED -> refused(write, "Cassandra refused the row: " + sentence + ".");
            case TRANSIENT -> busy(write, "with: " + sentence, Duration.ZERO);
            case UNREACHABLE -> unanswered(write, "with: " + sentence, error);
            case HOPELESS -> throw failedStart(new IllegalStateException(sentence, error));
        }
    }

    @Override
    protected RuntimeException unreachable(Duration silent, Throwable error) {
        return new CassandraUnavailableException(
                "`" + plan.id() + "` has had no answer from Cassandra at "
                        + plan.cluster().addresses() + " for " + silent.toSeconds() + " s: "
                        + DriverErrors.sentence(error) + ".",
                "Start it, or raise `retry.unreachableFor`.",
                error);
    }

    private OpenTable openTable() {
        if (table == null) {
            throw new IllegalStateException("`" + plan.id() + "` is not open.");
        }
        return table;
    }

    @Override
    public void close() throws Exception {
        if (table != null) {
            CassandraSessions.close(table.session());
            table = null;
        }
        super.close();
    }
}
