package io.pipewright.stages.file;

import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.SinkFormat;

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
                boolean single) {}
