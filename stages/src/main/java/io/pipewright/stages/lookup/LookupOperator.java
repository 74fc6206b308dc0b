package io.pipewright.stages.lookup;

import io.pipewright.spi.answer.Answer;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.lookup.LookupOptions.Missing;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server about each record, and sends the records on in their order, watermarks in their places between them.
 *
 * <p>A checkpoint barrier and the end of the input wait until every record before them has left or was reported, so
 * nothing is kept in state. All fields belong to the task's own thread.
 */
final class LookupOperator extends AbstractStreamOperator<DataRecord>
        implements OneInputStreamOperator<DataRecord, DataRecord>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    private static final Answer NOTHING = new Answer.Nothing();

    private final transient LookupPlan plan;
    private final transient RecordType input;
    private final transient OutputTag<DataRecord> errors;
    private final transient Failures failures;
    private final transient MailboxExecutor mailbox;
    private final transient ComputedFields.Rows keys;
    private final transient ComputedFields.Rows rows;

    /** What has come and not left, in order: records, and what keeps its place between them. */
    private final transient Deque<InOrder> queue = new ArrayDeque<>();

    /** How many records are in the queue. */
    private transient int waiting;

    private transient Counter missing = new SimpleCounter();
    private transient @Nullable Questions questions;

    LookupOperator(
            LookupPlan plan,
            RecordType input,
            RecordType row,
            OutputTag<DataRecord> errors,
            Failures failures,
            MailboxExecutor mailbox) {
        this.plan = plan;
        this.input = input;
        this.errors = errors;
        this.failures = failures;
        this.mailbox = mailbox;
        this.keys = plan.key().bind(Scope.of(input), plan.question());
        this.rows = plan.added().bind(plan.scope(input), row);
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    /** What leaves when all before it has left. */
    private sealed interface InOrder {}

    private record Mark(Watermark watermark) implements InOrder {}

    /** Whether there will be watermarks for now. */
    private record Status(WatermarkStatus status) implements InOrder {}

    /** A record, and its answer once there is one. */
    private static final class Waiting implements InOrder {

        private final DataRecord record;
        private final @Nullable Long eventTime;
        private @Nullable Answer answer;

        private Waiting(DataRecord record, @Nullable Long eventTime) {
            this.record = record;
            this.eventTime = eventTime;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        failures.open(getMetricGroup());
        missing = getMetricGroup().counter("missingRecords");
        getMetricGroup().gauge("recordsWaiting", () -> waiting);
        questions = new Questions(plan, mailbox, getProcessingTimeService(), getMetricGroup(), this::sendReady);
    }

    @Override
    public void processElement(StreamRecord<DataRecord> element) throws Exception {
        while (waiting >= plan.capacity()) {
            mailbox.yield();
        }
        boolean timed = element.hasTimestamp() && element.getTimestamp() != SourceElement.NO_TIME;
        Waiting record = new Waiting(element.getValue(), timed ? (Long) element.getTimestamp() : null);
        queue.add(record);
        waiting++;
        find(record);
        sendReady();
    }

    /** Takes the answer if there is one, or sees to it that it comes. */
    private void find(Waiting record) {
        DataRecord key;
        try {
            key = keys.of(record.record);
        } catch (EvaluationException e) {
            record.answer = new Answer.Refused(e.code(), e.reason());
            return;
        }
        if (hasNull(key)) {
            record.answer = NOTHING;
            return;
        }
        opened().ask(key, answer -> record.answer = answer);
    }

    private static boolean hasNull(DataRecord key) {
        for (int i = 0; i < key.size(); i++) {
            if (key.get(i) == null) {
                return true;
            }
        }
        return false;
    }

    /** Sends on what has waited for nothing but those before it. */
    private void sendReady() throws Exception {
        InOrder first = queue.peek();
        while (first != null && !(first instanceof Waiting record && record.answer == null)) {
            queue.remove();
            if (first instanceof Waiting record) {
                waiting--;
                send(record);
            } else if (first instanceof Mark mark) {
                super.processWatermark(mark.watermark);
            } else {
                super.processWatermarkStatus(((Status) first).status);
            }
            first = queue.peek();
        }
    }

    private void send(Waiting record) {
        if (record.answer instanceof Answer.Refused refused) {
            report(record, refused.code(), refused.reason());
            return;
        }
        @Nullable DataRecord found = record.answer instanceof Answer.Found known ? known.record() : null;
        if (found == null && plan.missing() == Missing.DROP) {
            missing.inc();
            return;
        }
        DataRecord row;
        try {
            row = rows.of(record.record, found);
        } catch (EvaluationException e) {
            report(record, e.code(), e.reason());
            return;
        }
        output.collect(timed(row, record.eventTime));
    }

    private void report(Waiting record, String code, String reason) {
        failures.report(
                code,
                reason,
                record.eventTime,
                input,
                record.record,
                failure -> output.collect(errors, timed(failure, record.eventTime)));
    }

    private static StreamRecord<DataRecord> timed(DataRecord record, @Nullable Long eventTime) {
        return eventTime == null ? new StreamRecord<>(record) : new StreamRecord<>(record, eventTime);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (queue.peekLast() instanceof Mark) {
            queue.removeLast(); // nothing stands between the two, so the later one says it all
        }
        queue.add(new Mark(mark));
        sendReady();
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        queue.add(new Status(status));
        sendReady();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        drain();
    }

    /** Before Flink stops the clock, which the waits for retries need. */
    @Override
    public void endInput() throws Exception {
        drain();
    }

    private void drain() throws InterruptedException {
        while (!queue.isEmpty()) {
            mailbox.yield();
        }
    }

    private Questions opened() {
        if (questions == null) {
            throw new IllegalStateException("`" + plan.id() + "` is not open.");
        }
        return questions;
    }

    @Override
    public void close() throws Exception {
        if (questions != null) {
            questions.close();
            questions = null;
        }
        super.close();
    }
}
