package io.pipewright.stages.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Nulls;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the statement that writes one record; used by one thread. */
final class RowBinder {

    private final RowValues values;
    private final boolean writeNulls;
    private final PreparedStatement prepared;
    private final List<TypeCodec<Object>> codecs;
    private final ProtocolVersion protocol;

    private RowBinder(CassandraSinkPlan plan, RecordType input, CqlSession session, PreparedStatement prepared) {
        this.values = new RowValues(plan, input);
        this.writeNulls = plan.nulls() == Nulls.WRITE;
        this.prepared = prepared;
        this.protocol = session.getContext().getProtocolVersion();
        this.codecs = new ArrayList<>();
        ColumnDefinitions variables = prepared.getVariableDefinitions();
        for (int i = 0; i < variables.size(); i++) {
            codecs.add(session.getContext()
                    .getCodecRegistry()
                    .codecFor(variables.get(i).getType()));
        }
    }

    /**
     * Prepares the statement on the server.
     *
     * @throws CassandraUnavailableException if the server's table is not the declared one
     */
    static RowBinder prepare(CassandraSinkPlan plan, RecordType input, CqlSession session) {
        PreparedStatement prepared = session.prepare(plan.insert());
        List<CqlColumn> written =
                plan.columns().stream().map(CassandraSinkPlan.Column::target).toList();
        ServerTypes.compare(prepared.getVariableDefinitions(), written, plan.table());
        return new RowBinder(plan, input, session, prepared);
    }

    /**
     * The statement for a record.
     *
     * @param micros the write's timestamp, in microseconds since the epoch
     * @throws io.pipewright.spi.expression.EvaluationException if the record has no row
     */
    BoundStatement bind(DataRecord record, long micros, CassandraSinkPlan plan) {
        BoundStatementBuilder builder = prepared.boundStatementBuilder();
        for (int i = 0; i < values.size(); i++) {
            @Nullable Object value = values.get(i, record);
            if (value != null) {
                @Nullable ByteBuffer bytes = codecs.get(i).encode(value, protocol);
                builder.setBytesUnsafe(i, bytes);
            } else if (writeNulls) {
                builder.setToNull(i);
            }
        }
        return builder.setQueryTimestamp(micros)
                .setTimeout(plan.timeout())
                .setConsistencyLevel(
                        DefaultConsistencyLevel.valueOf(plan.consistency().name()))
                .setIdempotence(true)
                .build();
    }
}
