package io.pipewright.stages.cassandra;

import com.datastax.driver.core.Cluster;
import com.datastax.driver.core.ConsistencyLevel;
import com.datastax.driver.core.QueryOptions;
import com.datastax.driver.core.SocketOptions;
import com.datastax.driver.core.policies.DCAwareRoundRobinPolicy;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Nulls;
import io.pipewright.stages.cassandra.CassandraSinkPlan.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.connectors.cassandra.CassandraSink;
import org.apache.flink.streaming.connectors.cassandra.ClusterBuilder;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * {@code writer: connector}: flink-connector-cassandra, for those who want Flink's own. It waits for its writes before
 * a checkpoint; a refused row fails the job.
 */
final class ConnectorWriter {

    private ConnectorWriter() {}

    static Streams build(CassandraSinkPlan plan, DataStream<DataRecord> stream, RecordType type, BuildContext context) {
        RowTypeInfo rowType = rowType(plan);
        SingleOutputStreamOperator<Row> rows = context.operator(
                stream.process(new ToRow(plan, type, context.failures()), rowType),
                CassandraSinkType.CONNECTOR_ROWS_ROLE);
        CassandraSink<Row> sink = sink(plan, rows, rowType);
        String rowsUid = rows.getTransformation().getUid();
        String base = rowsUid == null
                ? context.id()
                : rowsUid.substring(0, rowsUid.length() - CassandraSinkType.CONNECTOR_ROWS_ROLE.length() - 1);
        sink.name(context.id())
                .uid(base + "/" + CassandraSinkType.CONNECTOR_ROLE)
                .setParallelism(context.parallelism());
        return Streams.of(OutputPort.ERRORS, rows.getSideOutput(context.tag(OutputPort.ERRORS)));
    }

    private static CassandraSink<Row> sink(
            CassandraSinkPlan plan, SingleOutputStreamOperator<Row> rows, RowTypeInfo rowType) {
        CassandraSink.CassandraRowSinkBuilder builder = new CassandraSink.CassandraRowSinkBuilder(
                rows,
                rowType,
                rowType.createSerializer(rows.getExecutionConfig().getSerializerConfig()));
        builder.setQuery(plan.insert())
                .setClusterBuilder(new PlannedCluster(plan))
                .setMaxConcurrentRequests(plan.maxInFlight(), plan.timeout());
        if (plan.nulls() == Nulls.UNSET) {
            builder.enableIgnoreNullFields();
        }
        try {
            return builder.build();
        } catch (Exception e) {
            throw new IllegalStateException("flink-connector-cassandra cannot be built for `" + plan.id() + "`.", e);
        }
    }

    private static RowTypeInfo rowType(CassandraSinkPlan plan) {
        TypeInformation<?>[] types =
                plan.columns().stream().map(c -> typeOf(c.target().type())).toArray(TypeInformation<?>[]::new);
        String[] names = plan.columns().stream().map(c -> c.target().name()).toArray(String[]::new);
        return new RowTypeInfo(types, names);
    }

    private static TypeInformation<?> typeOf(CqlType type) {
        return switch (type.name()) {
            case "text", "ascii" -> Types.STRING;
            case "bigint" -> Types.LONG;
            case "int" -> Types.INT;
            case "smallint" -> Types.SHORT;
            case "tinyint" -> Types.BYTE;
            case "varint" -> Types.BIG_INT;
            case "decimal" -> Types.BIG_DEC;
            case "double" -> Types.DOUBLE;
            case "float" -> Types.FLOAT;
            case "boolean" -> Types.BOOLEAN;
            case "timestamp" -> BasicTypeInfo.DATE_TYPE_INFO;
            default -> throw new IllegalArgumentException("The planner lets no column of type " + type + " pass.");
        };
    }

    /** Evaluates the columns. */
    private static final class ToRow extends ProcessFunction<DataRecord, Row> {
        private static final long serialVersionUID = 1L;

        private final CassandraSinkPlan plan;
        private final RecordType input;
        private final Failures failures;
        private transient @Nullable RowValues values;

        ToRow(CassandraSinkPlan plan, RecordType input, Failures failures) {
            this.plan = plan;
            this.input = input;
            this.failures = failures;
        }

        @Override
        public void open(OpenContext context) {
            failures.open(getRuntimeContext().getMetricGroup());
            values = new RowValues(plan, input);
        }

        @Override
        public void processElement(DataRecord record, Context context, Collector<Row> out) {
            RowValues columns = Objects.requireNonNull(values);
            try {
                Row row = new Row(columns.size());
                for (int i = 0; i < columns.size(); i++) {
                    @Nullable Object value = columns.get(i, record);
                    row.setField(i, value instanceof Instant time ? Date.from(time) : value);
                }
                out.collect(row);
            } catch (EvaluationException e) {
                @Nullable Long time = context.timestamp();
                @Nullable Long eventTime = time == null || time == SourceElement.NO_TIME ? null : time;
                failures.report(e, eventTime, input, record, failure -> {});
            }
        }
    }

    /** The cluster of the plan, for the connector's own driver. */
    private static final class PlannedCluster extends ClusterBuilder {
        private static final long serialVersionUID = 1L;

        private final List<ContactPoint> contactPoints;
        private final String localDatacenter;
        private final @Nullable Login login;
        private final @Nullable CassandraTls tls;
        private final String consistency;
        private final Duration timeout;

        PlannedCluster(CassandraSinkPlan plan) {
            this.contactPoints = plan.cluster().contactPoints();
            this.localDatacenter = plan.cluster().localDatacenter();
            this.login = plan.cluster().login();
            this.tls = plan.cluster().tls();
            this.consistency = plan.consistency().name();
            this.timeout = plan.timeout();
        }

        @Override
        protected Cluster buildCluster(Cluster.Builder builder) {
            if (login != null) {
                builder.withCredentials(login.username(), login.password().reveal());
            }
            if (tls != null) {
                builder.withSSL(new ConnectorTls(tls));
            }
            return builder.addContactPointsWithPorts(
                            contactPoints.stream().map(ContactPoint::resolve).toList())
                    .withLoadBalancingPolicy(DCAwareRoundRobinPolicy.builder()
                            .withLocalDc(localDatacenter)
                            .build())
                    .withQueryOptions(new QueryOptions().setConsistencyLevel(ConsistencyLevel.valueOf(consistency)))
                    .withSocketOptions(new SocketOptions()
                            .setReadTimeoutMillis((int) Math.min(timeout.toMillis(), Integer.MAX_VALUE)))
                    .withoutJMXReporting()
                    .build();
        }
    }
}
