package io.pipewright.stages.cassandra;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Writer;
import io.pipewright.stages.retry.MailboxOperatorFactory;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Builds the sink: the writer's operator, behind a partitioning by primary key where the parallelism changes. */
final class CassandraSinkBuilder implements StageBuilder<CassandraSinkPlan> {

    @Override
    public Streams build(CassandraSinkPlan plan, Streams inputs, BuildContext context) {
        RecordType type = context.input(StagePlan.FROM);
        DataStream<DataRecord> rows = inOrder(plan, inputs.from(), type, context.parallelism());
        if (plan.writer() == Writer.CONNECTOR) {
            return ConnectorWriter.build(plan, rows, type, context);
        }
        Failures failures = context.failures();
        SingleOutputStreamOperator<DataRecord> failed = rows.transform(
                "cassandra",
                context.tag(OutputPort.ERRORS).getTypeInfo(),
                new MailboxOperatorFactory(mailbox -> new CassandraWriter(plan, type, failures, mailbox)));
        return Streams.of(OutputPort.ERRORS, context.operator(failed, CassandraSinkType.WRITER_ROLE));
    }

    /** With another parallelism Flink would deal the records out in turn, and two writes to one row could pass. */
    private static DataStream<DataRecord> inOrder(
            CassandraSinkPlan plan, DataStream<DataRecord> stream, RecordType type, int parallelism) {
        if (stream.getParallelism() == parallelism || parallelism == 1) {
            return stream;
        }
        return stream.partitionCustom(new PrimaryKeyHash.Partitioner(), new PrimaryKeyHash(plan, type));
    }
}
