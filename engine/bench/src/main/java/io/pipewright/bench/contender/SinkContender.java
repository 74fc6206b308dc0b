package io.pipewright.bench.contender;

import io.pipewright.bench.feed.ResultFolder;
import io.pipewright.bench.feed.ResultKind;
import io.pipewright.bench.feed.Stopclock;
import io.pipewright.bench.feed.Tally;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.LongStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Who writes rows; behind each sink of this engine what it is compared with. */
public enum SinkContender {
    /** A pipeline with a {@code cassandra} sink. */
    CASSANDRA(true),
    /** The DataStax driver's {@code executeAsync} in a loop, without Flink. */
    DRIVER(true),
    /** A pipeline with a {@code kafka} sink. */
    KAFKA(false),
    /** Flink's Kafka sink, given the bytes. */
    KAFKASINK(false);

    private final boolean table;

    SinkContender(boolean table) {
        this.table = table;
    }

    /** How a job of Flink's is run to its end. */
    @FunctionalInterface
    public interface Jobs {
        void run(StreamExecutionEnvironment job) throws Exception;
    }

    /** As options and reports write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it writes to a table; to a topic otherwise. */
    public boolean toTable() {
        return table;
    }

    /** Whether it is a job of Flink's. */
    public boolean isJob() {
        return this != DRIVER;
    }

    /** Writes all rows, and leaves in the results' folder when it began and ended. */
    public void run(SinkPlan plan, Jobs jobs) throws Exception {
        switch (this) {
            case CASSANDRA -> jobs.run(SinkJob.cassandra(plan));
            case DRIVER -> DriverLoop.run(plan);
            case KAFKA -> runToItsEnd(SinkJob.kafka(plan), plan, jobs);
            case KAFKASINK -> runToItsEnd(BareKafkaJob.build(plan), plan, jobs);
        }
    }

    /** Nothing stands behind Flink's Kafka sink that could see when it has flushed, so both end with their job. */
    private static void runToItsEnd(StreamExecutionEnvironment job, SinkPlan plan, Jobs jobs) throws Exception {
        jobs.run(job);
        leaveEnd(plan);
    }

    private static void leaveEnd(SinkPlan plan) throws IOException {
        ResultFolder.of(plan.job().feed()).leaveSink(ResultKind.DEAD_LETTERS, Tally.NONE, Stopclock.now());
    }

    /** What must be in the table or the topic after so many rows. */
    public Tally expect(long rows) {
        if (table) {
            return Tally.of(
                    rows,
                    LongStream.range(0, rows).map(n -> SinkRow.of(n).hash()).sum());
        }
        long distinct = Math.min(rows, RowMaker.ReadyMade.DISTINCT);
        long sum = LongStream.range(0, distinct)
                .map(n -> SinkRow.of(n).messageHash() * times(n, rows))
                .sum();
        return Tally.of(rows, sum);
    }

    private static long times(long number, long rows) {
        return (rows - number - 1) / RowMaker.ReadyMade.DISTINCT + 1;
    }
}
