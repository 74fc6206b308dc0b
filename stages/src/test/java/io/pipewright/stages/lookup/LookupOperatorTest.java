package io.pipewright.stages.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.answer.Answer;
import io.pipewright.spi.answer.AnswerClient;
import io.pipewright.spi.answer.AnswerSource;
import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.TestPlan;
import io.pipewright.stages.lookup.LookupOptions.Cache;
import io.pipewright.stages.lookup.LookupOptions.Missing;
import io.pipewright.stages.lookup.LookupOptions.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The operator before a server that answers when the test says so; the clock is the test's, too. It is long because each
 * kind of answer, and of waiting for it, has its case.
 */
class LookupOperatorTest {

    private static final RecordType CALL =
            RecordType.of("Call", Field.of("id", Scalar.STRING), Field.of("n", Scalar.LONG));
    private static final RecordType PROFILE = RecordType.of("Profile", Field.of("tier", Scalar.STRING));
    private static final RecordType ROW = CALL.with(Field.nullable("tier", Scalar.STRING));
    private static final OutputTag<DataRecord> ERRORS =
            new OutputTag<>("errors", RecordTypeInfo.of(FailureRecord.TYPE));
    private static final Duration LONG_WAIT = Duration.ofHours(1);

    private final Server server = new Server();
    private MailboxExecutorImpl mailbox;
    private OneInputStreamOperatorTestHarness<DataRecord, DataRecord> harness;
    private Cache cache;
    private int capacity = 10;
    private Duration unreachableFor = LONG_WAIT;

    /** A question, and the answer that the test has still to give. */
    private record Asked(String id, CompletableFuture<Answer> answer) {}

    /** Keeps what it is asked. */
    private static final class Server implements AnswerSource, AnswerClient {
        private static final long serialVersionUID = 1L;

        private final transient List<Asked> asked = new ArrayList<>();
        private boolean closed;

        @Override
        public AnswerClient open(String stage) {
            return this;
        }

        @Override
        public String server() {
            return "the test";
        }

        @Override
        public CompletionStage<Answer> ask(DataRecord question) {
            Asked one = new Asked((String) question.get(0), new CompletableFuture<>());
            asked.add(one);
            return one.answer();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @BeforeEach
    void setUp() {
        mailbox = new MailboxExecutorImpl(new TaskMailboxImpl(), 0, StreamTaskActionExecutor.IMMEDIATE);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
        assertThat(server.closed).isTrue();
    }

    private void start() throws Exception {
        TestPlan context = new TestPlan();
        Scope input = Scope.of(CALL);
        LookupPlan plan = new LookupPlan(
                "known",
                CALL,
                server,
                new ComputedFields(List.of(new ComputedFields.Computed("id", checked(context, "id", input)))),
                "profile",
                PROFILE,
                Missing.KEEP,
                new ComputedFields(List.of(new ComputedFields.Computed(
                        "tier",
                        checked(context, "profile.tier", LookupPlan.scope(CALL, "profile", PROFILE, Missing.KEEP))))),
                cache,
                capacity,
                new Retry(3, Duration.ofMillis(100), Duration.ofMillis(100), unreachableFor));
        harness = new OneInputStreamOperatorTestHarness<>(
                new LookupOperator(plan, CALL, ROW, ERRORS, new Failures("known", ErrorPolicy.DEAD_LETTER), mailbox));
        harness.setup(RecordTypeInfo.of(ROW)
                .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
        harness.open();
    }

    private static CheckedExpression checked(TestPlan context, String text, Scope scope) {
        return context.check(new Expression(text, "x"), scope).orElseThrow();
    }

    private void feed(String... ids) throws Exception {
        for (String id : ids) {
            harness.processElement(new StreamRecord<>(DataRecord.of(id, 1L), 7));
        }
    }

    /** Answers a question, and lets the task take the answer. */
    private void answer(int question, Answer answer) throws Exception {
        server.asked.get(question).answer().complete(answer);
        mailbox.yield();
    }

    private static Answer tier(String tier) {
        return new Answer.Found(DataRecord.of(tier));
    }

    private List<String> asked() {
        return server.asked.stream().map(Asked::id).toList();
    }

    /** Rows as {@code id=tier}, and the watermarks between them. */
    private List<String> output() {
        List<String> output = new ArrayList<>();
        for (Object each : harness.getOutput()) {
            output.add(
                    each instanceof StreamRecord<?> row && row.getValue() instanceof DataRecord record
                            ? record.get(0) + "=" + record.get(2)
                            : each instanceof Watermark mark ? "w" + mark.getTimestamp() : each.toString());
        }
        return output;
    }

    private List<String> failures() {
        List<String> failures = new ArrayList<>();
        if (harness.getSideOutput(ERRORS) != null) {
            harness.getSideOutput(ERRORS)
                    .forEach(failure -> failures.add(failure.getValue().get(1) + ": "
                            + failure.getValue().get(2)));
        }
        return failures;
    }

    @Test
    void recordsAndWatermarksLeaveInTheirOrderWhateverTheOrderOfTheAnswers() throws Exception {
        start();
        feed("a", "b");
        harness.processWatermark(5);
        harness.processWatermark(6);
        feed("c");
        harness.getOneInputOperator().processWatermarkStatus(WatermarkStatus.IDLE);
        answer(2, tier("C"));
        answer(1, tier("B"));
        assertThat(output()).isEmpty();
        answer(0, new Answer.Nothing());
        assertThat(output()).startsWith("a=null", "b=B", "w6", "c=C").hasSize(5);
    }

    @Test
    void recordsThatWaitForTheSameAnswerShareIt() throws Exception {
        start();
        feed("a", "b", "a");
        assertThat(asked()).containsExactly("a", "b");
        answer(0, tier("A"));
        answer(1, tier("B"));
        feed("a");
        assertThat(asked()).as("without a cache").containsExactly("a", "b", "a");
        answer(2, tier("A2"));
        assertThat(output()).containsExactly("a=A", "b=B", "a=A", "a=A2");
    }

    @Test
    void aCachedAnswerCountsForItsTtlAlsoIfItIsNothing() throws Exception {
        cache = new Cache(Duration.ofSeconds(10), 2);
        start();
        feed("a", "b");
        answer(0, tier("A"));
        answer(1, new Answer.Nothing());
        harness.setProcessingTime(9_999);
        feed("a", "b");
        assertThat(asked()).hasSize(2);
        harness.setProcessingTime(10_000);
        feed("a");
        assertThat(asked()).containsExactly("a", "b", "a");
        answer(2, tier("A2"));
        assertThat(output()).containsExactly("a=A", "b=null", "a=A", "b=null", "a=A2");
    }

    @Test
    void theAnswerThatWasNotUsedForLongestIsForgottenFirst() throws Exception {
        cache = new Cache(LONG_WAIT, 2);
        start();
        feed("a", "b");
        answer(0, tier("A"));
        answer(1, tier("B"));
        feed("a", "c");
        answer(2, tier("C"));
        feed("a", "b");
        assertThat(asked()).containsExactly("a", "b", "c", "b");
        answer(3, tier("B"));
    }

    @Test
    void aRefusedQuestionIsReportedAndNotKept() throws Exception {
        cache = new Cache(LONG_WAIT, 2);
        start();
        feed("a", "b");
        answer(0, new Answer.Refused("refused", "Status 403."));
        answer(1, tier("B"));
        assertThat(failures()).containsExactly("refused: Status 403.");
        assertThat(output()).containsExactly("b=B");
        feed("a");
        assertThat(asked()).containsExactly("a", "b", "a");
        answer(2, tier("A"));
    }

    @Test
    void aBusyServerIsAskedAgainAndNotBeforeItWantsToBe() throws Exception {
        start();
        feed("a");
        answer(0, new Answer.Busy("status 503", Duration.ofMillis(99)));
        harness.setProcessingTime(98);
        assertThat(asked()).hasSize(1);
        harness.setProcessingTime(100);
        assertThat(asked()).containsExactly("a", "a");
        answer(1, tier("A"));
        assertThat(output()).containsExactly("a=A");
    }

    @Test
    void aQuestionThatIsNeverAnsweredIsGivenUpAfterTheLastAttempt() throws Exception {
        start();
        feed("a");
        for (int attempt = 0; attempt < 3; attempt++) {
            answer(attempt, new Answer.Busy("status 503", Duration.ZERO));
            harness.setProcessingTime(harness.getProcessingTime() + 100);
        }
        assertThat(asked()).hasSize(3);
        assertThat(failures()).containsExactly("gave-up: 3 attempts failed, the last one with: status 503.");
        assertThat(output()).isEmpty();
    }

    @Test
    void silenceCountsAgainstAQuestionOnlyIfOthersAreAnswered() throws Exception {
        start();
        feed("a");
        int attempts = 0;
        for (; attempts < 5; attempts++) {
            answer(attempts, new Answer.Silent("no answer"));
            harness.setProcessingTime(harness.getProcessingTime() + 100);
        }
        assertThat(failures()).isEmpty();
        answer(attempts, tier("A"));
        assertThat(output()).containsExactly("a=A");
    }

    @Test
    void aServerThatIsSilentForTooLongFailsTheJob() throws Exception {
        unreachableFor = Duration.ZERO;
        start();
        feed("a");
        server.asked.get(0).answer().complete(new Answer.Silent("no answer"));
        assertThatThrownBy(() -> mailbox.yield())
                .hasStackTraceContaining("`known` has had no answer from the test for 0 s (no answer).");
    }

    @Test
    void whatEveryQuestionWouldMeetFailsTheJob() throws Exception {
        start();
        feed("a");
        server.asked.get(0).answer().completeExceptionally(new IllegalStateException("No rights."));
        assertThatThrownBy(() -> mailbox.yield()).hasStackTraceContaining("No rights.");
    }

    @Test
    void noMoreRecordsWaitThanMay() throws Exception {
        capacity = 2;
        start();
        feed("a", "b");
        server.asked.get(0).answer().complete(tier("A"));
        feed("c");
        assertThat(output()).as("the answer was taken to make room").containsExactly("a=A");
        answer(1, tier("B"));
        answer(2, tier("C"));
        assertThat(output()).containsExactly("a=A", "b=B", "c=C");
    }

    @Test
    void aBarrierAndTheEndWaitForEveryRecordBeforeThem() throws Exception {
        start();
        feed("a", "b");
        server.asked.get(1).answer().complete(tier("B"));
        server.asked.get(0).answer().complete(tier("A"));
        harness.prepareSnapshotPreBarrier(1);
        assertThat(output()).containsExactly("a=A", "b=B");
        feed("c");
        server.asked.get(2).answer().complete(tier("C"));
        harness.endInput();
        assertThat(output()).containsExactly("a=A", "b=B", "c=C");
    }
}
