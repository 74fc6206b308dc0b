package io.pipewright.stages.http;

import io.pipewright.spi.option.Rate;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.retry.RetryingWriter;
import io.pipewright.stages.retry.TimedRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Sends records as requests, of one or a batch; a record is written when the server has answered with a 2xx status.
 *
 * <p>A batch that the server refuses is sent again in two halves, so that one bad record takes no others with it.
 */
final class HttpWriter extends RetryingWriter<PendingRequest> {

    private static final long serialVersionUID = 1L;

    private final transient HttpSinkPlan plan;
    private final transient RecordType input;

    /** What waits for the other records of its request. */
    private final transient List<Outgoing> batch = new ArrayList<>();

    /** Counts the batches, so that the end of a wait knows whether its batch is gone. */
    private transient long batches;

    /** When the next request may leave, by {@link System#nanoTime}. */
    private transient long nextStart = System.nanoTime();

    private transient @Nullable Open open;

    HttpWriter(HttpSinkPlan plan, RecordType input, Failures failures, MailboxExecutor mailbox) {
        super(plan.maxInFlight(), plan.retry().rules(), input, failures, mailbox);
        this.plan = plan;
        this.input = input;
    }

    /** What is there from {@code open} to {@code close}. */
    private record Open(ServerClient client, RequestMaker maker) {}

    @Override
    public void open() throws Exception {
        super.open();
        measure("retriedRequests", "requestsInFlight");
        RequestMaker maker = new RequestMaker(plan, input);
        open = new Open(new ServerClient(plan.auth(), plan.limits(), plan.maxInFlight()), maker);
    }

    private Open opened() {
        if (open == null) {
            throw new IllegalStateException("`" + plan.id() + "` is not open.");
        }
        return open;
    }

    @Override
    protected void take(TimedRecord record) {
        RequestMaker maker = opened().maker();
        batch.add(new Outgoing(record, maker.json(record.record()), maker.idempotencyKey(record.record())));
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

    @Override
    protected void flush() {
        batches++;
        if (!batch.isEmpty()) {
            PendingRequest full = pending(batch);
            batch.clear();
            send(full);
        }
    }

    private PendingRequest pending(List<Outgoing> records) {
        return new PendingRequest(records, opened().maker().request(records));
    }

    /** Each subtask has an equal share of the rate; requests are spread evenly. */
    @Override
    protected void start(PendingRequest pending) {
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

    @Override
    protected void ask(PendingRequest pending) {
        opened().client().send(pending.request, new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                inTask(() -> failed(pending, e));
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

    private void failed(PendingRequest pending, IOException error) {
        if (ServerClient.isShutOut(error)) {
            throw shutOut(String.valueOf(error.getMessage()), error);
        }
        unanswered(pending, "with " + ServerClient.silence(error), error);
    }

    private HttpUnavailableException shutOut(String why, @Nullable IOException cause) {
        return new HttpUnavailableException("`" + plan.id() + "` cannot send: " + why, cause);
    }

    private void answered(PendingRequest pending, int status, String retryAfter) {
        int size = pending.outgoing.size();
        if (opened().client().isShutOut(status)) {
            throw shutOut(ServerClient.refusal(opened().maker().server()), null);
        }
        if (status >= 200 && status < 300) {
            taken(pending);
        } else if (HttpStatus.isBusy(status)) {
            busy(pending, "with status " + status, HttpStatus.retryAfter(retryAfter));
        } else if (size == 1) {
            refused(pending, "The server refused it with status " + status + ".");
        } else {
            divided(List.of(
                    pending(pending.outgoing.subList(0, size / 2)), pending(pending.outgoing.subList(size / 2, size))));
        }
    }

    @Override
    protected RuntimeException unreachable(Duration silent, Throwable error) {
        return new HttpUnavailableException(
                "`" + plan.id() + "` has had no answer from "
                        + opened().maker().server() + " for "
                        + silent.toSeconds() + " s (" + ServerClient.cause(error)
                        + "). Start the server, or raise `retry.unreachableFor`.",
                error);
    }

    @Override
    public void close() throws Exception {
        Open closing = open;
        open = null;
        if (closing != null) {
            closing.client().close();
        }
        super.close();
    }
}
