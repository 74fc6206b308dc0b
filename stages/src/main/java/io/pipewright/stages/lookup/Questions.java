package io.pipewright.stages.lookup;

import io.pipewright.spi.answer.Answer;
import io.pipewright.spi.answer.AnswerClient;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.stages.retry.Retries;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Asks a server, again where it has no answer for now, and gives the last word on each question to all that wait for it.
 *
 * <p>Answers come from other threads and are handled in the task's own, through its mailbox, as the ends of waits are.
 */
final class Questions {

    private final LookupPlan plan;
    private final AnswerClient client;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService clock;
    private final ThrowingRunnable<Exception> later;
    private final AnswerCache cache;
    private final Retries retries;
    private final Map<DataRecord, Question> asked = new HashMap<>();
    private final Counter questions;
    private final Counter retried;
    private final Counter hits;

    /**
     * Connects.
     *
     * @param later run after an answer that did not come at once
     * @throws LookupUnavailableException if the server cannot be asked
     * @throws InterruptedException if the task is cancelled meanwhile
     */
    Questions(
            LookupPlan plan,
            MailboxExecutor mailbox,
            ProcessingTimeService clock,
            MetricGroup metrics,
            ThrowingRunnable<Exception> later)
            throws InterruptedException {
        this.plan = plan;
        this.mailbox = mailbox;
        this.clock = clock;
        this.later = later;
        this.cache = new AnswerCache(plan.cache());
        this.retries = new Retries(plan.retry().rules());
        questions = metrics.counter("questions");
        retried = metrics.counter("retriedQuestions");
        hits = metrics.counter("cacheHits");
        metrics.gauge("cachedAnswers", cache::size);
        try {
            client = plan.source().open(plan.id());
        } catch (RuntimeException e) {
            throw cannotAsk(plan, e);
        }
    }

    /** Gives the answer, at once if there is one, or when it comes. */
    void ask(DataRecord key, Consumer<Answer> to) {
        Answer kept = cache.get(key, clock.getCurrentProcessingTime());
        if (kept != null) {
            hits.inc();
            to.accept(kept);
            return;
        }
        Question before = asked.get(key);
        Question question = before == null ? new Question(key) : before;
        question.waiting.add(to);
        if (before == null) {
            asked.put(key, question);
            questions.inc();
            attempt(question);
        }
    }

    private void attempt(Question question) {
        retries.begin(question.attempts);
        CompletableFuture<Answer> answer = client.ask(question.key).toCompletableFuture();
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            answered(question, answer.join());
            return;
        }
        answer.whenComplete((given, error) -> inTask(() -> {
            if (error != null) {
                throw cannotAsk(plan, error);
            }
            answered(question, given);
            later.run();
        }));
    }

    private static LookupUnavailableException cannotAsk(LookupPlan plan, Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return new LookupUnavailableException("`" + plan.id() + "` cannot ask: " + cause.getMessage(), cause);
    }

    private void inTask(ThrowingRunnable<Exception> action) {
        try {
            mailbox.execute(action, "answer to a question");
        } catch (RejectedExecutionException e) {
            // The task has ended, by failure or cancellation; its records come again after the restart.
        }
    }

    private void answered(Question question, Answer answer) {
        if (answer instanceof Answer.Busy busy) {
            follow(retries.busy(question.attempts, busy.pause()), question, busy.reason());
        } else if (answer instanceof Answer.Silent silent) {
            follow(retries.unanswered(question.attempts), question, silent.reason());
        } else {
            retries.answered();
            if (!(answer instanceof Answer.Refused)) {
                cache.put(question.key, answer, clock.getCurrentProcessingTime());
            }
            settle(question, answer);
        }
    }

    private void follow(Retries.Next next, Question question, String last) {
        if (next instanceof Retries.Again again) {
            retried.inc();
            clock.registerTimer(clock.getCurrentProcessingTime() + again.pause().toMillis(), time -> {
                attempt(question);
                later.run();
            });
        } else if (next instanceof Retries.Enough enough) {
            String reason = enough.attempts() + " attempts failed, the last one with: " + last + ".";
            settle(question, new Answer.Refused("gave-up", reason));
        } else if (next instanceof Retries.Unreachable unreachable) {
            throw new LookupUnavailableException(
                    "`" + plan.id() + "` has had no answer from "
                            + plan.source().server() + " for "
                            + unreachable.silent().toSeconds() + " s (" + last
                            + "). Start the server, or raise `retry.unreachableFor`.",
                    null);
        }
    }

    private void settle(Question question, Answer answer) {
        asked.remove(question.key);
        question.waiting.forEach(one -> one.accept(answer));
    }

    void close() {
        client.close();
    }
}
