package io.pipewright.stages.http;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.retry.Backoff;
import io.pipewright.stages.retry.Reachability;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Response;
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
 * Sends records with a bounded number of requests without an answer; its one output are the failures.
 *
 * <p>Every record has exactly one outcome before a checkpoint barrier or the end of the stream passes: the server has
 * answered with a 2xx status, or it is reported. Nothing is kept in state. Answers, retries and the ends of waits come from
 * other threads and are handled in the task's own, through its mailbox; all fields belong to that thread.
 *
 * <p>A batch that the server refuses is sent again in two halves, so that one bad record takes no others with it.
 *
 * <p>What waits, is sent, answered and sent again works on the same few fields, so all of it stands here, in a long file.
 */
final class HttpWriter extends AbstractStreamOperator<DataRecord>
        implements OneInputStreamOperator<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    private final transient HttpSinkPlan plan;
    private final transient RecordType input;
    private final transient Failures failures;
    private final transient MailboxExecutor mailbox;
    private final transient Reachability reachability = new Reachability();
    private final transient Backoff backoff;

    /** What waits for the other records of its request. */
    private final transient List<Outgoing> batch = new ArrayList<>();

    /** What waits until fewer requests are without an answer. */
    private final transient Deque<PendingRequest> ready = new ArrayDeque<>();

    private transient int inFlight;

    /** Counts the batches, so that the end of a wait knows whether its batch is gone. */
    private transient long batches;

    /** When the next request may leave, by {@link System#nanoTime}. */
    private transient long nextStart = System.nanoTime();

    private transient Counter sent = new SimpleCounter();
    private transient Counter retried = new SimpleCounter();
    private transient @Nullable Open open;

    HttpWriter(HttpSinkPlan plan, RecordType input, Failures failures, MailboxExecutor mailbox) {
        this.plan = plan;
        this.input = input;
        this.failures = failures;
        this.mailbox = mailbox;
        this.backoff = new Backoff(plan.retry().backoff(), plan.retry().maxBackoff(), new Random());
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    /** What is there from {@code open} to {@code close}. */
    private record Open(OkHttpClient client, RequestMaker maker, ScheduledExecutorService timer) {}

    @Override
    public void open() throws Exception {
        super.open();
        failures.open(getMetricGroup());
        sent = getMetricGroup().counter("writtenRecords");
        retried = getMetricGroup().counter("retriedRequests");
        getMetricGroup().gauge("requestsInFlight", () -> inFlight);
        RequestMaker maker = new RequestMaker(plan, input);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, plan.id() + "-retries");
            thread.setDaemon(true);
            return thread;
        });
        OkHttpClient client = new OkHttpClient.Builder()
                .connectTimeout(plan.limits().connect())
                .readTimeout(plan.limits().read())
                .writeTimeout(plan.limits().read())
                .callTimeout(plan.limits().call())
                .followRedirects(false)
                .retryOnConnectionFailure(false)
                .build();
        client.dispatcher().setMaxRequests(plan.maxInFlight());
        client.dispatcher().setMaxRequestsPerHost(plan.maxInFlight());
        open = new Open(client, maker, timer);
    }

    private Open opened() {
        if (open == null) {
            throw new IllegalStateException("`" + plan.id() + "` is not open.");
        }
        return open;
    }

    @Override
    public void processElement(StreamRecord<DataRecord> element) throws Exception {
        DataRecord record = element.getValue();
        boolean timed = element.hasTimestamp() && element.getTimestamp() != SourceElement.NO_TIME;
        @Nullable Long eventTime = timed ? element.getTimestamp() : null;
        while (!ready.isEmpty() || inFlight >= plan.maxInFlight()) {
            mailbox.yield();
        }
        RequestMaker maker = opened().maker();
        try {
            batch.add(new Outgoing(record, eventTime, maker.json(record), maker.idempotencyKey(record)));
        } catch (EvaluationException e) {
            failures.report(e, eventTime, input, record, failure -> emit(failure, eventTime));
            return;
        }
        if (batch.size() >= plan.batchSize()) {
            flush();
        } else if (batch.size() == 1) {
            long waiting = batches;
            later(plan.linger(), () -> {
                if (batches == waiting) {
                    flush();
                }
            });
        }
    }

    private void flush() {
        batches++;
        if (!batch.isEmpty()) {
            ready.add(pending(List.copyOf(batch)));
            batch.clear();
            sendReady();
        }
    }

    private PendingRequest pending(List<Outgoing> records) {
        return new PendingRequest(records, opened().maker().request(records));
    }

    private void sendReady() {
        while (!ready.isEmpty() && inFlight < plan.maxInFlight()) {
            inFlight++;
            startInTime(ready.remove());
        }
    }

    /** Each subtask has an equal share of the rate; requests are spread evenly. */
    private void startInTime(PendingRequest pending) {
        Rate limit = plan.rateLimit();
        if (limit == null) {
            attempt(pending);
            return;
        }
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        long now = System.nanoTime();
        long start = nextStart - now > 0 ? nextStart : now;
        nextStart = start + (long) (subtasks * 1e9 / limit.perSecond());
        if (start == now) {
            attempt(pending);
        } else {
            later(Duration.ofNanos(start - now), () -> attempt(pending));
        }
    }

    private void attempt(PendingRequest pending) {
        pending.answersBefore = reachability.answers();
        opened().client().newCall(pending.request).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                inTask(() -> unanswered(pending, e));
            }

            @Override
            public void onResponse(Call call, Response response) {
                try (response) {
                    int status = response.code();
                    String retryAfter = response.header("Retry-After", "");
                    inTask(() -> answered(pending, status, String.valueOf(retryAfter)));
                }
            }
        });
    }

    private void answered(PendingRequest pending, int status, String retryAfter) {
        reachability.answered();
        if (status >= 200 && status < 300) {
            sent.inc(pending.records.size());
            ended();
        } else if (status == 408 || status == 425 || status == 429 || status >= 500) {
            pending.counted++;
            retryOrGiveUp(pending, "status " + status, seconds(retryAfter));
        } else {
            refused(pending, status);
        }
    }

    private void refused(PendingRequest pending, int status) {
        List<Outgoing> records = pending.records;
        if (records.size() == 1) {
            reject(pending, "refused", "The server refused it with status " + status + ".");
            return;
        }
        int half = records.size() / 2;
        ready.addFirst(pending(records.subList(half, records.size())));
        ready.addFirst(pending(records.subList(0, half)));
        ended();
    }

    private void unanswered(PendingRequest pending, IOException error) {
        if (reachability.answers() != pending.answersBefore) {
            pending.counted++;
        }
        Duration silent = reachability.silent(System.nanoTime());
        if (silent.compareTo(plan.retry().unreachableFor()) >= 0) {
            throw new HttpUnavailableException(
                    "`" + plan.id() + "` has had no answer from "
                            + opened().maker().server() + " for "
                            + silent.toSeconds() + " s (" + error.getClass().getSimpleName()
                            + "). Start the server, or raise `retry.unreachableFor`.",
                    error);
        }
        retryOrGiveUp(pending, "no answer (" + error.getClass().getSimpleName() + ")", Duration.ZERO);
    }

    private void retryOrGiveUp(PendingRequest pending, String last, Duration asked) {
        pending.failed++;
        if (pending.counted >= plan.retry().maxAttempts()) {
            reject(pending, "gave-up", pending.counted + " attempts failed, the last one with " + last + ".");
            return;
        }
        retried.inc();
        Duration own = Duration.ofMillis(backoff.millisAfter(pending.failed));
        Duration wait = asked.compareTo(own) > 0 ? asked : own;
        Duration most = plan.retry().maxBackoff();
        later(wait.compareTo(most) > 0 ? most : wait, () -> startInTime(pending));
    }

    /** What {@code Retry-After} asks for; as a date it is not heeded. */
    private static Duration seconds(String retryAfter) {
        return retryAfter.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(retryAfter)) : Duration.ZERO;
    }

    private void reject(PendingRequest pending, String code, String reason) {
        for (Outgoing each : pending.records) {
            failures.report(
                    code, reason, each.eventTime(), input, each.record(), failure -> emit(failure, each.eventTime()));
        }
        ended();
    }

    private void ended() {
        inFlight--;
        sendReady();
    }

    private void emit(DataRecord failure, @Nullable Long eventTime) {
        output.collect(eventTime == null ? new StreamRecord<>(failure) : new StreamRecord<>(failure, eventTime));
    }

    private void later(Duration wait, ThrowingRunnable<Exception> action) {
        opened().timer().schedule(() -> inTask(action), wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void inTask(ThrowingRunnable<Exception> action) {
        try {
            mailbox.execute(action, "outcome of a request");
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
        while (inFlight > 0 || !ready.isEmpty()) {
            mailbox.yield();
        }
    }

    @Override
    public void close() throws Exception {
        Open closing = open;
        open = null;
        if (closing != null) {
            closing.timer().shutdownNow();
            closing.client().dispatcher().cancelAll();
            closing.client().dispatcher().executorService().shutdown();
            closing.client().connectionPool().evictAll();
        }
        super.close();
    }
}
