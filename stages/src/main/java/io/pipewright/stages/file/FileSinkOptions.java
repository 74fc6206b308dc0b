package io.pipewright.stages.file;

import io.pipewright.spi.option.ByteSize;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.SinkFormat;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The options of a {@code file} sink. */
public record FileSinkOptions(
        @Option(
                        doc =
                                "The folder in which the part files are made, or with `single` the file. A part file has its"
                                        + " final name once a checkpoint, or the end of the job, has completed it.")
                String path,
        @Option(doc = "How a record is written, one per line.") SinkFormat format,
        @Option(
                        doc = "Whether all records go to one file, written by one subtask: replaced when the job starts"
                                + " without a checkpoint, cut back to the checkpoint when it starts from one.",
                        defaultValue = "false")
                boolean single,
        @Option(
                        doc =
                                "When a part file is closed, so that it gets its final name with the next checkpoint: at the"
                                        + " first of these. Without it every checkpoint closes the part files. Not with `single`.")
                @Nullable
                Roll roll) {

    /** The {@code roll} block: part files that go on over checkpoints, until they are large or old enough. */
    public record Roll(
            @Option(doc = "When it is longer than this.", defaultValue = "128MiB") ByteSize size,
            @Option(
                            doc = "When its first record is so old, by the clock; looked at at least every 10 s.",
                            least = "1ms",
                            defaultValue = "15m")
                    Duration after,
            @Option(
                            doc = "When no record has come for it for so long; looked at at least every 10 s.",
                            least = "1ms",
                            defaultValue = "1m")
                    Duration idleAfter)
            implements Serializable {}
}
