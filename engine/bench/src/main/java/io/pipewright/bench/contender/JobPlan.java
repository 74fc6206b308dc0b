package io.pipewright.bench.contender;

import io.pipewright.bench.feed.FeedRun;
import io.pipewright.bench.feed.FeedSource;
import io.pipewright.bench.feed.Part;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What all contenders are told alike.
 *
 * @param filters how many of them this engine's pipeline has behind each other in {@link Part#PARSE}; they let everything pass
 * @param checkpointMillis the time between two checkpoints
 * @param folder of this run, for checkpoints and results
 * @param home the project's folder
 */
public record JobPlan(
        FeedRun feed,
        Part part,
        int filters,
        int parallelism,
        State state,
        long checkpointMillis,
        String folder,
        String home) {

    /** By how much events may be out of order, for all contenders. */
    static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(2);

    static final Duration IDLE_AFTER = Duration.ofSeconds(10);

    /** Where keyed state lives. */
    public enum State {
        HEAP,
        ROCKSDB
    }

    /** Where checkpoints are kept. */
    public String checkpoints() {
        return Path.of(folder).resolve("checkpoints").toUri().toString();
    }

    /** An environment for the hand-written jobs, with the settings that the pipeline has too. */
    StreamExecutionEnvironment environment(boolean objectReuse) {
        Configuration settings = new Configuration();
        settings.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        settings.set(PipelineOptions.MAX_PARALLELISM, 128);
        settings.set(PipelineOptions.OBJECT_REUSE, objectReuse);
        settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(200));
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(checkpointMillis));
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints());
        settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, state == State.ROCKSDB);
        settings.set(StateBackendOptions.STATE_BACKEND, state == State.ROCKSDB ? "rocksdb" : "hashmap");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return new StreamExecutionEnvironment(settings);
    }

    /** The bytes of the events; times and watermarks are for who parses them. */
    DataStream<byte[]> lines(StreamExecutionEnvironment env) {
        return env.fromSource(
                FeedSource.ofBytes(feed),
                WatermarkStrategy.noWatermarks(),
                "events",
                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }

    /** The watermarks of all hand-written jobs. */
    static <T> WatermarkStrategy<T> watermarks() {
        return WatermarkStrategy.<T>forBoundedOutOfOrderness(OUT_OF_ORDERNESS).withIdleness(IDLE_AFTER);
    }
}
