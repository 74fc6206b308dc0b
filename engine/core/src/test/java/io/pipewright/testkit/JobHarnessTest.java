package io.pipewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.YieldingOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class JobHarnessTest {

    private static final OutputTag<String> ODD = new OutputTag<>("odd", Types.STRING);

    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());

    @Test
    void recordsFlowThroughSideOutputsAndUnionsToTheSinks() {
        SingleOutputStreamOperator<String> numbers =
                source("a").process(new OddAside()).returns(Types.STRING).uid("split");
        sink(numbers.getSideOutput(ODD), "odd");
        sink(numbers.union(source("b").map(n -> "b" + n).returns(Types.STRING).uid("named")), "all");
        try (JobHarness job = start()) {
            job.feed("a", 1L, 10L);
            job.feed("a", 2L, null);
            job.feed("b", 3L, 30L);

            assertThat(job.collected("odd")).containsExactly(new Emitted("odd 1", 10L));
            assertThat(job.collected("all")).containsExactly(new Emitted("even 2", null), new Emitted("b3", 30L));
        }
    }

    @Test
    void keyedStateAndEventTimersSurviveACrash() {
        sink(counts(source("a")), "counts");
        try (JobHarness job = start()) {
            job.feed("a", 7L, 100L);
            job.crash();
            job.feed("a", 7L, 200L);
            job.feed("a", 8L, 300L);
            assertThat(job.collected("counts")).isEmpty();

            job.crash();
            job.watermark("a", 1_000);

            assertThat(values(job, "counts")).containsExactlyInAnyOrder("7: 2", "8: 1");
        }
    }

    @Test
    void theWatermarkOfAUnionIsTheLowestOfItsInputs() {
        sink(counts(source("a").union(source("b"))), "counts");
        try (JobHarness job = start()) {
            job.feed("a", 7L, 100L);
            job.watermark("a", 5_000);
            assertThat(job.collected("counts")).isEmpty();

            job.watermark("b", 1_000);

            assertThat(values(job, "counts")).containsExactly("7: 1");
        }
    }

    @Test
    void theTwoInputsOfAnOperatorAreToldApart() {
        sink(
                source("a")
                        .connect(source("b"))
                        .keyBy(a -> a, b -> b)
                        .process(new Sides())
                        .returns(Types.STRING)
                        .uid("sides"),
                "sides");
        try (JobHarness job = start()) {
            job.feed("a", 1L, 1L);
            job.feed("b", 2L, 2L);

            assertThat(values(job, "sides")).containsExactly("left 1", "right 2");
        }
    }

    @Test
    void nothingButStateOutlivesACrash() {
        sink(source("a").process(new InMemory()).returns(Types.LONG).uid("memory"), "seen");
        try (JobHarness job = start()) {
            job.feed("a", 1L, null);
            job.feed("a", 1L, null);
            job.crash();
            job.feed("a", 1L, null);

            assertThat(values(job, "seen")).containsExactly(1L, 2L, 1L);
        }
    }

    @Test
    void processingTimeMovesOnlyWhenTheTestMovesIt() {
        sink(
                source("a")
                        .keyBy(n -> n)
                        .process(new AfterASecond())
                        .returns(Types.LONG)
                        .uid("second"),
                "second");
        try (JobHarness job = start()) {
            job.processingTime(5_000);
            job.feed("a", 1L, null);
            job.crash();
            job.processingTime(5_999);
            assertThat(job.collected("second")).isEmpty();

            job.processingTime(6_000);

            assertThat(values(job, "second")).containsExactly(1L);
        }
    }

    @Test
    void anOperatorDoesItsMailBeforeACallReturns() {
        sink(source("a").transform("mail", Types.LONG, new MailFactory()).uid("mail"), "mail");
        try (JobHarness job = start()) {
            job.feed("a", 4L, null);

            assertThat(values(job, "mail")).containsExactly(4L);
        }
    }

    @Test
    void theEndOfTheSourcesFiresWhatIsLeft() {
        sink(counts(source("a")), "counts");
        try (JobHarness job = start()) {
            job.feed("a", 7L, 100L);
            job.end();

            assertThat(values(job, "counts")).containsExactly("7: 1");
            assertThatThrownBy(() -> job.feed("a", 8L, 1L)).hasMessage("The job has ended.");
        }
    }

    @Test
    void aSinkThatIsNotNamedRunsItself() {
        source("a").sinkTo(new DiscardingSink<>()).uid("discard");
        try (JobHarness job = start()) {
            job.feed("a", 1L, 1L);
            job.checkpoint();
            job.crash();
            job.end();
            assertThatThrownBy(() -> job.collected("discard")).hasMessage("The job has no sink `discard`.");
        }
    }

    @Test
    void aFailureNamesTheOperatorAndKeepsItsCause() {
        sink(source("a").map(n -> 1 / n).returns(Types.LONG).uid("divide"), "quotients");
        try (JobHarness job = start()) {
            assertThatThrownBy(() -> job.feed("a", 0L, null))
                    .isInstanceOf(OperatorFailedException.class)
                    .hasMessage("Operator `divide` failed: / by zero")
                    .hasCauseInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    void aSourceThatIsNotThereIsRefusedWithTheOnesThatAre() {
        sink(source("a"), "all");
        try (JobHarness job = start()) {
            assertThatThrownBy(() -> job.feed("b", 0L, null)).hasMessage("The job has no source `b`. Sources: `a`.");
        }
    }

    private DataStream<Long> source(String uid) {
        return env.fromSource(new NumberSequenceSource(1, 2), WatermarkStrategy.noWatermarks(), uid)
                .uid(uid);
    }

    private static <T> void sink(DataStream<T> stream, String name) {
        stream.sinkTo(new DiscardingSink<>()).uid("sink-" + name);
    }

    private JobHarness start() {
        return JobHarness.start(env, uid -> uid.startsWith("sink-") ? Optional.of(uid.substring(5)) : Optional.empty());
    }

    private static List<Object> values(JobHarness job, String sink) {
        return job.collected(sink).stream().map(Emitted::value).toList();
    }

    private static DataStream<String> counts(DataStream<Long> numbers) {
        return numbers.keyBy(n -> n).process(new Count()).returns(Types.STRING).uid("count");
    }

    private static final class OddAside extends ProcessFunction<Long, String> {
        @Override
        public void processElement(Long number, Context context, Collector<String> out) {
            if (number % 2 == 1) {
                context.output(ODD, "odd " + number);
            } else {
                out.collect("even " + number);
            }
        }
    }

    /** Counts per key, and says how many at the end of the second. */
    private static final class Count extends KeyedProcessFunction<Long, Long, String> {
        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
        }

        @Override
        public void processElement(Long number, Context context, Collector<String> out) throws Exception {
            count.update(count.value() == null ? 1 : count.value() + 1);
            context.timerService().registerEventTimeTimer(999);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) throws Exception {
            out.collect(context.getCurrentKey() + ": " + count.value());
        }
    }

    private static final class Sides extends CoProcessFunction<Long, Long, String> {
        @Override
        public void processElement1(Long number, Context context, Collector<String> out) {
            out.collect("left " + number);
        }

        @Override
        public void processElement2(Long number, Context context, Collector<String> out) {
            out.collect("right " + number);
        }
    }

    private static final class InMemory extends ProcessFunction<Long, Long> {
        private long seen;

        @Override
        public void processElement(Long number, Context context, Collector<Long> out) {
            seen += number;
            out.collect(seen);
        }
    }

    private static final class AfterASecond extends KeyedProcessFunction<Long, Long, Long> {
        @Override
        public void processElement(Long number, Context context, Collector<Long> out) {
            context.timerService()
                    .registerProcessingTimeTimer(context.timerService().currentProcessingTime() + 1_000);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<Long> out) {
            out.collect(context.getCurrentKey());
        }
    }

    /** Emits from the mailbox, as operators do that wait for an answer. */
    private static final class MailFactory extends AbstractStreamOperatorFactory<Long>
            implements OneInputStreamOperatorFactory<Long, Long>, YieldingOperatorFactory<Long> {

        @Override
        @SuppressWarnings("unchecked")
        public <T extends StreamOperator<Long>> T createStreamOperator(StreamOperatorParameters<Long> parameters) {
            MailOperator operator = new MailOperator(getMailboxExecutor());
            operator.setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
            return (T) operator;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
            return MailOperator.class;
        }
    }

    private static final class MailOperator extends AbstractStreamOperator<Long>
            implements OneInputStreamOperator<Long, Long> {
        private final transient MailboxExecutor mailbox;

        MailOperator(MailboxExecutor mailbox) {
            this.mailbox = mailbox;
        }

        @Override
        public void processElement(StreamRecord<Long> element) {
            mailbox.execute(() -> output.collect(element), "emit");
        }
    }
}
