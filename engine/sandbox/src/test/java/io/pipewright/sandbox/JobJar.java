package io.pipewright.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A job that counts for ever, compiled against the cluster's own jars: this module has no Flink. */
final class JobJar {
    private static final String SOURCE =
            """
            import org.apache.flink.api.common.eventtime.WatermarkStrategy;
            import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
            import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
            import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

            public class CountingJob {
                public static void main(String[] args) throws Exception {
                    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
                    env.fromSource(
                                    new NumberSequenceSource(1, Long.MAX_VALUE),
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
