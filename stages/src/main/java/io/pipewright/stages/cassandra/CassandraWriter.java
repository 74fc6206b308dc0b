package io.pipewright.stages.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.cassandra.CassandraSinkOptions.WriteTimestamp;
import io.pipewright.stages.retry.Backoff;
import io.pipewright.stages.retry.Reachability;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Writes records with a bounded number of writes in flight; its one output are the failures.
 *
 * <p>Every record has exactly one outcome before a checkpoint barrier or the end of the stream passes: its row is
 * written, or it is reported. Nothing is kept in state. A write keeps the timestamp of its first attempt, so retries
 * cannot reorder writes to one row. Answers and retry times come from other threads and are handled in the task's own,
 * through its mailbox; all fields belong to that thread.
 */
final class CassandraWriter extends AbstractStreamOperator<DataRecord>
        implements OneInputStreamOperator<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    private final transient CassandraSinkPlan plan;
    private final transient RecordType input;
    private final transient Failures failures;
    private final transient MailboxExecutor mailbox;
    private final transient Reachability reachability = new Reachability();
    private final transient WriteClock clock = new WriteClock(Clock.systemUTC());
    private final transient Backoff backoff;
    private transient int inFlight;
    private transient Counter written = new SimpleCounter();
    private transient Counter retried = new SimpleCounter();
    private transient @Nullable OpenTable table;
    private transient @Nullable ScheduledExecutorService timer;

    CassandraWriter(CassandraSinkPlan plan, RecordType input, Failures failures, MailboxExecutor mailbox) {
        this.plan = plan;
        this.input = input;
        this.failures = failures;
        this.mailbox = mailbox;
        this.backoff = new Backoff(plan.retry().backoff(), plan.retry().maxBackoff(), new Random());
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    /** The session, and the statement prepared on it. */
    private record OpenTable(CqlSession session, RowBinder binder) {}

    @Override
    public void open() throws Exception {
        super.open();
        failures.open(getMetricGroup());
        written = getMetricGroup().counter("writtenRecords");
        retried = getMetricGroup().counter("retriedWrites");
        getMetricGroup().gauge("writesInFlight", () -> inFlight);
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, plan.id() + "-retries");
            thread.setDaemon(true);
            return thread;
        });
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
                TimeUnit.MILLISECONDS.sleep(backoff.millisAfter(failed));
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
    public void processElement(StreamRecord<DataRecord> element) throws Exception {
        DataRecord record = element.getValue();
        boolean timed = element.hasTimestamp() && element.getTimestamp() != SourceElement.NO_TIME;
        @Nullable Long eventTime = timed ? element.getTimestamp() : null;
        while (inFlight >= plan.maxInFlight()) {
            mailbox.yield();
        }
        BoundStatement statement;
        try {
            statement = openTable().binder().bind(record, timestamp(eventTime), plan);
        } catch (EvaluationException e) {
            failures.report(e, eventTime, input, record, failure -> emit(failure, eventTime));
            return;
        }
        inFlight++;
        attempt(new PendingWrite(record, eventTime, statement));
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

    private void attempt(PendingWrite write) {
        write.answersBefore = reachability.answers();
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

    private void inTask(ThrowingRunnable<Exception> action) {
        try {
            mailbox.execute(action, "outcome of a write");
        } catch (RejectedExecutionException e) {
            // The task has ended, by failure or cancellation; its records come again after the restart.
        }
    }

    private void answer(PendingWrite write, @Nullable Throwable error) {
        if (error == null) {
            reachability.answered();
            inFlight--;
            written.inc();
            return;
        }
        switch (DriverErrors.meaning(error)) {
            case REFUSED -> {
                reachability.answered();
                giveUp(write, "refused", "Cassandra refused the row: " + DriverErrors.sentence(error) + ".");
            }
            case TRANSIENT -> {
                reachability.answered();
                write.counted++;
                retryOrGiveUp(write, error);
            }
            case UNREACHABLE -> {
                if (reachability.answers() != write.answersBefore) {
                    write.counted++;
                }
                checkSilence(error);
                retryOrGiveUp(write, error);
            }
            case HOPELESS -> throw failedStart(new IllegalStateException(DriverErrors.sentence(error), error));
        }
    }

    private void checkSilence(Throwable error) {
        Duration silent = reachability.silent(System.nanoTime());
        if (silent.compareTo(plan.retry().unreachableFor()) >= 0) {
            throw new CassandraUnavailableException(
                    "`" + plan.id() + "` has had no answer from Cassandra at "
                            + plan.cluster().addresses() + " for " + silent.toSeconds() + " s: "
                            + DriverErrors.sentence(error) + ".",
                    "Start it, or raise `retry.unreachableFor`.",
                    error);
        }
    }

    private void retryOrGiveUp(PendingWrite write, Throwable error) {
        write.failed++;
        if (write.counted >= plan.retry().maxAttempts()) {
            giveUp(
                    write,
                    "gave-up",
                    write.counted + " attempts failed, the last one with: " + DriverErrors.sentence(error) + ".");
            return;
        }
        retried.inc();
        ScheduledExecutorService retries = timer;
        if (retries != null) {
            retries.schedule(
                    () -> inTask(() -> attempt(write)), backoff.millisAfter(write.failed), TimeUnit.MILLISECONDS);
        }
    }

    private void giveUp(PendingWrite write, String code, String reason) {
        inFlight--;
        failures.report(code, reason, write.eventTime, input, write.record, failure -> emit(failure, write.eventTime));
    }

    private void emit(DataRecord failure, @Nullable Long eventTime) {
        output.collect(eventTime == null ? new StreamRecord<>(failure) : new StreamRecord<>(failure, eventTime));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        drain();
    }

    @Override
    public void finish() throws Exception {
        drain();
        super.finish();
    }

    private void drain() throws InterruptedException {
        while (inFlight > 0) {
            mailbox.yield();
        }
    }

    private OpenTable openTable() {
        if (table == null) {
            throw new IllegalStateException("`" + plan.id() + "` is not open.");
        }
        return table;
    }

    @Override
    public void close() throws Exception {
        if (timer != null) {
            timer.shutdownNow();
        }
        if (table != null) {
            CassandraSessions.close(table.session());
            table = null;
        }
        super.close();
    }
}
