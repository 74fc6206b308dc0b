package io.pipewright.stages.file;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/** Adds an operator that encodes, and behind it Flink's file sink, or ours for a single file. */
final class FileSinkBuilder implements StageBuilder<FileSinkPlan> {

    @Override
    public Streams build(FileSinkPlan plan, Streams inputs, BuildContext context) {
        RecordEncoder encoder = plan.format().encoder(context.input(StagePlan.FROM));
        DataStream<byte[]> lines = context.operator(
                inputs.from().map(new Encode(encoder)).returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO),
                "encode");
        if (plan.single()) {
            context.sink(lines.sinkTo(new SingleFileSink(plan.path())), "single")
                    .setParallelism(1);
        } else {
            context.sink(lines.sinkTo(partFiles(plan)), "writer");
        }
        return Streams.none();
    }

    private static FileSink<byte[]> partFiles(FileSinkPlan plan) {
        return FileSink.<byte[]>forRowFormat(folder(plan.path()), new Lines())
                .withBucketAssigner(new BasePathBucketAssigner<>())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .withOutputFileConfig(
                        OutputFileConfig.builder().withPartSuffix(plan.suffix()).build())
                .build();
    }

    private static Path folder(String path) {
        return path.contains("://")
                ? new Path(path)
                : new Path(java.nio.file.Path.of(path).toAbsolutePath().toUri());
    }

    private record Encode(RecordEncoder encoder) implements MapFunction<DataRecord, byte[]> {
        @Override
        public byte[] map(DataRecord record) {
            return encoder.encode(record);
        }
    }

    private record Lines() implements Encoder<byte[]> {
        @Override
        public void encode(byte[] line, OutputStream out) throws IOException {
            out.write(line);
            out.write('\n');
        }
    }
}
