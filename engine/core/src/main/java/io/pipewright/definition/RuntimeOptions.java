package io.pipewright.definition;

import io.pipewright.spi.option.Option;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The {@code runtime} block. */
public record RuntimeOptions(
        @Option(doc = "How many subtasks an entry has that does not say otherwise.", defaultValue = "1", least = "1")
                int parallelism,
        @Option(
                        doc = "Into how many key groups keyed state is divided, which is the highest parallelism it can"
                                + " ever be restored at.",
                        defaultValue = "128",
                        least = "1",
                        most = "32768",
                        change = Option.Change.LOSES)
                int maxParallelism,
        @Option(doc = "When and how checkpoints are taken; without this block there are none.") @Nullable
                Checkpoint checkpoint,
        @Option(doc = "Where keyed state lives; on the heap without this block.") @Nullable State state,
        @Option(doc = "What happens after a failure of the job; exponential without this block.") @Nullable
                Restart restart) {

    /** The {@code runtime.checkpoint} block. */
    public record Checkpoint(
            @Option(doc = "The time between two checkpoints.", least = "10ms") Duration every,
            @Option(doc = "The least time between the end of one checkpoint and the next.", defaultValue = "0s")
                    Duration minPause,
            @Option(doc = "After how long an unfinished checkpoint is given up.", defaultValue = "10m", least = "10ms")
                    Duration timeout,
            @Option(
                            doc = "How many checkpoints in a row may fail before the job does.",
                            defaultValue = "0",
                            least = "0")
                    int tolerableFailures,
            @Option(
                            doc =
                                    "Where a cluster keeps checkpoints: a folder, written from the root, or the URL of one"
                                            + " in a file system that it knows; without it in the folder of its own setting. A"
                                            + " local run has a folder for each pipeline.")
                    @Nullable
                    String dir,
            @Option(
                            doc = "Whether state counts every record exactly once after a failure, or at least once.",
                            defaultValue = "exactlyOnce")
                    Mode mode,
            @Option(doc = "Whether barriers may overtake records under backpressure.", defaultValue = "false")
                    boolean unaligned) {

        /** The guarantees of a checkpoint. */
        public enum Mode {
            EXACTLY_ONCE,
            AT_LEAST_ONCE
        }
    }

    /** The {@code runtime.state} block. */
    public record State(
            @Option(doc = "`heap` for memory, `rocksdb` for disk.", defaultValue = "heap") Backend backend,
            @Option(
                            doc = "Whether a checkpoint holds only what changed since the one before (rocksdb).",
                            defaultValue = "false")
                    boolean incremental) {

        /** The state backends. */
        public enum Backend {
            HEAP,
            ROCKSDB
        }
    }

    /** The {@code runtime.restart} block. */
    public record Restart(
            @Option(
                            doc =
                                    "`exponential` waits longer after each failure, `fixed` always as long, `none` lets the"
                                            + " job fail.",
                            defaultValue = "exponential")
                    Strategy strategy,
            @Option(doc = "How often the job is restarted before it fails (fixed).", defaultValue = "3", least = "0")
                    int attempts,
            @Option(doc = "The first wait (exponential) or every wait (fixed).", defaultValue = "1s", least = "1ms")
                    Duration delay,
            @Option(doc = "The longest wait (exponential).", defaultValue = "1m", least = "1ms") Duration maxDelay) {

        /** The restart strategies. */
        public enum Strategy {
            EXPONENTIAL,
            FIXED,
            NONE
        }
    }
}
