package io.pipewright.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A job that counts for ever, two thousand a second, so that it leaves the processors to others; compiled against the
 * cluster's own jars, for this module has no Flink.
 */
final class JobJar {
    private static final String SOURCE =
            """
            import org.apache.flink.api.common.eventtime.WatermarkStrategy;
            import org.apache.flink.api.common.typeinfo.Types;
            import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
            import org.apache.flink.connector.datagen.source.DataGeneratorSource;
            import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
            import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

            public class CountingJob {
                public static void main(String[] args) throws Exception {
                    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
                    env.fromSource(
                                    new DataGeneratorSource<Long>(
                                            n -> n,
                                            Long.MAX_VALUE,
                                            RateLimiterStrategy.perSecond(2000),
                                            Types.LONG),
                                    WatermarkStrategy.<Long>forMonotonousTimestamps().withTimestampAssigner((n, t) -> n),
                                    "numbers")
                            .uid("numbers")
                            .rebalance()
                            .sinkTo(new DiscardingSink<>())
                            .uid("nowhere");
                    env.execute(System.getenv("GREETING") + " " + String.join(" ", args));
                }
            }
            """;

    private JobJar() {}

    static Path build(List<Path> classPath, Path folder) throws IOException {
        return TestJar.build(folder.resolve("job.jar"), "CountingJob", SOURCE, classPath);
    }
}
