package io.pipewright.flink;

import io.pipewright.definition.RuntimeOptions;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.CheckpointingMode;
import org.apache.flink.streaming.api.environment.ExecutionCheckpointingOptions;

/** The {@code runtime} block as Flink's settings. */
public final class JobSettings {

    private JobSettings() {}

    /** The settings of a pipeline; what it does not say is left to the cluster. */
    public static Configuration of(String name, RuntimeOptions runtime) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.NAME, name);
        settings.set(PipelineOptions.MAX_PARALLELISM, runtime.maxParallelism());
        settings.set(CoreOptions.DEFAULT_PARALLELISM, runtime.parallelism());
        // Records are immutable, so what one operator emits the next may keep.
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(200));
        if (runtime.checkpoint() != null) {
            checkpoints(runtime.checkpoint(), settings);
        }
        if (runtime.state() != null) {
            boolean rocksdb = runtime.state().backend() == RuntimeOptions.State.Backend.ROCKSDB;
            settings.set(StateBackendOptions.STATE_BACKEND, rocksdb ? "rocksdb" : "hashmap");
            settings.set(
                    CheckpointingOptions.INCREMENTAL_CHECKPOINTS,
                    runtime.state().incremental());
        }
        if (runtime.restart() != null) {
            restart(runtime.restart(), settings);
        }
        return settings;
    }

    private static void checkpoints(RuntimeOptions.Checkpoint checkpoint, Configuration settings) {
        settings.set(ExecutionCheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoint.every());
        settings.set(ExecutionCheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, checkpoint.minPause());
        settings.set(ExecutionCheckpointingOptions.CHECKPOINTING_TIMEOUT, checkpoint.timeout());
        settings.set(ExecutionCheckpointingOptions.TOLERABLE_FAILURE_NUMBER, checkpoint.tolerableFailures());
        settings.set(ExecutionCheckpointingOptions.ENABLE_UNALIGNED, checkpoint.unaligned());
        boolean exactly = checkpoint.mode() == RuntimeOptions.Checkpoint.Mode.EXACTLY_ONCE;
        settings.set(
                ExecutionCheckpointingOptions.CHECKPOINTING_MODE,
                exactly ? CheckpointingMode.EXACTLY_ONCE : CheckpointingMode.AT_LEAST_ONCE);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        if (checkpoint.dir() != null) {
            boolean folder = checkpoint.dir().startsWith("/"); // Flink wants a URL
            settings.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    folder ? "file://" + checkpoint.dir() : checkpoint.dir());
        }
    }

    private static void restart(RuntimeOptions.Restart restart, Configuration settings) {
        switch (restart.strategy()) {
            case NONE -> settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
            case FIXED -> {
                settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
                settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, restart.attempts());
                settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, restart.delay());
            }
            case EXPONENTIAL -> {
                settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
                settings.set(
                        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, restart.delay());
                settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, restart.maxDelay());
            }
        }
    }
}
