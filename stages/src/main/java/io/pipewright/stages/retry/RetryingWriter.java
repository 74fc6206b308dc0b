package io.pipewright.stages.retry;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.type.RecordType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
 * An operator that sends records to a server with a bound on what has no answer; its one output are the failures.
 *
 * <p>Every record has exactly one outcome before a checkpoint barrier or the end of the stream passes: the server has
 * taken it, or it is reported. Nothing is kept in state. Answers, retries and the ends of waits come from other threads
 * and are handled in the task's own, through its mailbox; all fields, and those of subclasses, belong to that thread.
 *
 * <p>A subclass makes something pending of the records that it is given, sends it when asked to, and says in the task
 * what came of it: {@link #taken}, {@link #refused}, {@link #divided}, {@link #busy} or {@link #unanswered}.
 *
 * @param <P> what is sent at once
 */
public abstract class RetryingWriter<P extends Pending> extends AbstractStreamOperator<DataRecord>
        implements OneInputStreamOperator<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    private final transient int maxInFlight;
    private final transient RecordType input;
    private final transient Failures failures;
    private final transient MailboxExecutor mailbox;
    private final transient Retries retries;

    /** What waits until less is in flight; empty while there is room. */
    private final transient Deque<P> ready = new ArrayDeque<>();

    private transient int inFlight;
    private transient Counter written = new SimpleCounter();
    private transient Counter retried = new SimpleCounter();
    private transient @Nullable ScheduledExecutorService timer;

    /** @param maxInFlight how much has no outcome at most */
    protected RetryingWriter(
            int maxInFlight, RetryRules rules, RecordType input, Failures failures, MailboxExecutor mailbox) {
        this.maxInFlight = maxInFlight;
        this.input = input;
        this.failures = failures;
        this.mailbox = mailbox;
        this.retries = new Retries(rules);
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void open() throws Exception {
        super.open();
        failures.open(getMetricGroup());
        written = getMetricGroup().counter("writtenRecords");
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, failures.stage() + "-retries");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Registers how often something was sent again, and how much has no answer, by these names. */
    protected final void measure(String retriedName, String inFlightName) {
        retried = getMetricGroup().counter(retriedName);
        getMetricGroup().gauge(inFlightName, () -> inFlight);
    }

    @Override
    public final void processElement(StreamRecord<DataRecord> element) throws Exception {
        boolean timed = element.hasTimestamp() && element.getTimestamp() != SourceElement.NO_TIME;
        TimedRecord record = new TimedRecord(element.getValue(), timed ? element.getTimestamp() : null);
        while (inFlight >= maxInFlight) {
            mailbox.yield();
        }
        try {
            take(record);
        } catch (EvaluationException e) {
            report(record, e.code(), e.reason());
        }
    }

    /**
     * Takes a record, to send it now or together with others.
     *
     * @throws EvaluationException if it cannot be sent, before anything is
     */
    protected abstract void take(TimedRecord record);

    /** Sends what still waits for other records to be sent with. */
    protected void flush() {}

    /** Has something sent as soon as there is room for it. */
    protected final void send(P pending) {
        ready.add(pending);
        sendReady();
    }

    private void sendReady() {
        while (!ready.isEmpty() && inFlight < maxInFlight) {
            inFlight++;
            start(ready.remove());
        }
    }

    /** Makes an {@link #attempt}, at once unless overridden. */
    protected void start(P pending) {
        attempt(pending);
    }

    protected final void attempt(P pending) {
        retries.begin(pending.attempts);
        ask(pending);
    }

    /** Asks the server to take something, without waiting for the answer. */
    protected abstract void ask(P pending);

    /** The server has it. */
    protected final void taken(P pending) {
        retries.answered();
        written.inc(pending.records().size());
        ended();
    }

    /** The server will never take it. */
    protected final void refused(P pending, String reason) {
        retries.answered();
        reject(pending, "refused", reason);
    }

    /** The server refuses it as a whole; its parts are sent before all else that waits. */
    protected final void divided(List<P> parts) {
        retries.answered();
        for (int i = parts.size() - 1; i >= 0; i--) {
            ready.addFirst(parts.get(i));
        }
        ended();
    }

    /**
     * The server cannot take it now, which counts against its records.
     *
     * @param last how this attempt failed, as the end of "the last one …"
     * @param asked how long the server wants to be left alone; heeded up to the longest wait
     */
    protected final void busy(P pending, String last, Duration asked) {
        follow(retries.busy(pending.attempts, asked), pending, last);
    }

    /**
     * Nobody has answered, which counts against the records only if others were answered meanwhile.
     *
     * @param last how this attempt failed, as the end of "the last one …"
     */
    protected final void unanswered(P pending, String last, Throwable error) {
        Retries.Next next = retries.unanswered(pending.attempts);
        if (next instanceof Retries.Unreachable unreachable) {
            throw unreachable(unreachable.silent(), error);
        }
        follow(next, pending, last);
    }

    private void follow(Retries.Next next, P pending, String last) {
        if (next instanceof Retries.Again again) {
            retried.inc();
            later(again.pause(), () -> start(pending));
        } else if (next instanceof Retries.Enough enough) {
            reject(pending, "gave-up", enough.attempts() + " attempts failed, the last one " + last + ".");
        }
    }

    /** What fails the job after a silence that was too long. */
    protected abstract RuntimeException unreachable(Duration silent, Throwable error);

    /** How long to wait after so many failures. */
    protected final Duration waitAfter(int failed) {
        return retries.waitAfter(failed);
    }

    private void reject(P pending, String code, String reason) {
        pending.records().forEach(record -> report(record, code, reason));
        ended();
    }

    private void report(TimedRecord record, String code, String reason) {
        Long eventTime = record.eventTime();
        failures.report(
                code,
                reason,
                eventTime,
                input,
                record.record(),
                failure -> output.collect(
                        eventTime == null ? new StreamRecord<>(failure) : new StreamRecord<>(failure, eventTime)));
    }

    private void ended() {
        inFlight--;
        sendReady();
    }

    /** Does something in the task after a wait. */
    protected final void later(Duration wait, ThrowingRunnable<Exception> action) {
        if (timer == null) {
            throw new IllegalStateException("`" + failures.stage() + "` is not open.");
        }
        timer.schedule(() -> inTask(action), wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Does something in the task, called from any thread. */
    protected final void inTask(ThrowingRunnable<Exception> action) {
        try {
            mailbox.execute(action, "outcome of what was sent");
        } catch (RejectedExecutionException e) {
            // The task has ended, by failure or cancellation; its records come again after the restart.
        }
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
        flush();
        while (inFlight > 0) {
            mailbox.yield();
        }
    }

    @Override
    public void close() throws Exception {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
        super.close();
    }
}
