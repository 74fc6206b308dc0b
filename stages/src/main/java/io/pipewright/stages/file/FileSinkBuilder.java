package io.pipewright.stages.file;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.RollingPolicy;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.DefaultRollingPolicy;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.flink.util.OutputTag;

/** Adds an operator that encodes, and behind it Flink's file sink, or ours for a single file. */
final class FileSinkBuilder implements StageBuilder<FileSinkPlan> {

    private static final long MOST_BETWEEN_CHECKS = 10_000;

    @Override
    public Streams build(FileSinkPlan plan, Streams inputs, BuildContext context) {
        RecordType type = context.input(StagePlan.FROM);
        RecordEncoder encoder = plan.format().fileEncoder(MetaField.without(type));
        OutputTag<DataRecord> errors = context.tag(OutputPort.ERRORS);
        SingleOutputStreamOperator<byte[]> lines = context.operator(
                inputs.from()
                        .process(new LineEncoder(encoder, type, context.failures(), errors))
                        .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO),
                "encode");
        if (plan.single()) {
            context.sink(lines.sinkTo(new SingleFileSink(plan.path(), header(encoder))), "single")
                    .setParallelism(1);
        } else {
            context.sink(lines.sinkTo(partFiles(plan, header(encoder))), "writer");
        }
        return Streams.of(OutputPort.ERRORS, lines.getSideOutput(errors));
    }

    /** The first line of a file, with its end; empty if there is none. */
    private static byte[] header(RecordEncoder encoder) {
        return encoder.header()
                .map(line -> {
                    byte[] ended = Arrays.copyOf(line, line.length + 1);
                    ended[line.length] = '\n';
                    return ended;
                })
                .orElse(new byte[0]);
    }

    private static FileSink<byte[]> partFiles(FileSinkPlan plan, byte[] header) {
        FileSinkOptions.Roll roll = plan.roll();
        return FileSink.forRowFormat(folder(plan.path()), new PartFileEncoder(header))
                .withBucketAssigner(new BasePathBucketAssigner<>())
                .withRollingPolicy(roll == null ? OnCheckpointRollingPolicy.build() : policy(roll))
                .withBucketCheckInterval(roll == null ? MOST_BETWEEN_CHECKS : betweenChecks(roll))
                .withOutputFileConfig(
                        OutputFileConfig.builder().withPartSuffix(plan.suffix()).build())
                .build();
    }

    static RollingPolicy<byte[], String> policy(FileSinkOptions.Roll roll) {
        return DefaultRollingPolicy.builder()
                .withMaxPartSize(new MemorySize(roll.size().bytes()))
                .withRolloverInterval(roll.after())
                .withInactivityInterval(roll.idleAfter())
                .build();
    }

    /** How often Flink looks whether a file is old enough, in milliseconds. */
    static long betweenChecks(FileSinkOptions.Roll roll) {
        return Math.min(
                MOST_BETWEEN_CHECKS,
                Math.min(roll.after().toMillis(), roll.idleAfter().toMillis()));
    }

    private static Path folder(String path) {
        return path.contains("://")
                ? new Path(path)
                : new Path(java.nio.file.Path.of(path).toAbsolutePath().toUri());
    }
}
