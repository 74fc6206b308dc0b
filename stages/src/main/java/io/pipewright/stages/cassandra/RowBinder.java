package io.pipewright.stages.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.RowChange;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Nulls;
import io.pipewright.stages.cassandra.CassandraSinkPlan.Column;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the statement that writes one record, or deletes its row; used by one thread. */
final class RowBinder {

    private final CassandraSinkPlan plan;
    private final RowValues values;
    private final ProtocolVersion protocol;
    private final Statement insert;

    /** Null, like {@link #change}, where every record is a row to write. */
    private final @Nullable Statement delete;

    /** Where a record says what it is. */
    private final int change;

    private RowBinder(CassandraSinkPlan plan, RecordType input, CqlSession session) {
        this.plan = plan;
        this.values = new RowValues(plan, input);
        this.protocol = session.getContext().getProtocolVersion();
        this.insert = new Statement(plan.insert(), plan.columns(), plan, session);
        this.delete = plan.changes() ? new Statement(plan.delete(), plan.keyColumns(), plan, session) : null;
        this.change = input.names().indexOf(RowChange.NAME);
    }

    /**
     * Prepares the statements on the server.
     *
     * @throws CassandraUnavailableException if the server's table is not the declared one
     */
    static RowBinder prepare(CassandraSinkPlan plan, RecordType input, CqlSession session) {
        return new RowBinder(plan, input, session);
    }

    /** A statement on the server. */
    private static final class Statement {

        private final PreparedStatement prepared;

        /** By marker, the place of its column among those of the plan. */
        private final int[] columns;

        private final List<TypeCodec<Object>> codecs = new ArrayList<>();

        Statement(String cql, List<Column> columns, CassandraSinkPlan plan, CqlSession session) {
            this.prepared = session.prepare(cql);
            this.columns = columns.stream().mapToInt(plan.columns()::indexOf).toArray();
            List<CqlColumn> targets = columns.stream().map(Column::target).toList();
            ServerTypes.compare(prepared.getVariableDefinitions(), targets, plan.table());
            for (ColumnDefinition marker : prepared.getVariableDefinitions()) {
                codecs.add(session.getContext().getCodecRegistry().codecFor(marker.getType()));
            }
        }
    }

    /**
     * The statement for a record.
     *
     * @param micros the write's timestamp, in microseconds since the epoch
     * @throws EvaluationException if the record has no row, or does not say whether it is to be written
     */
    BoundStatement bind(DataRecord record, long micros) {
        Statement statement = statement(record);
        boolean writeNulls = plan.nulls() == Nulls.WRITE;
        BoundStatementBuilder builder = statement.prepared.boundStatementBuilder();
        for (int i = 0; i < statement.columns.length; i++) {
            @Nullable Object value = values.get(statement.columns[i], record);
            if (value != null) {
                @Nullable ByteBuffer bytes = statement.codecs.get(i).encode(value, protocol);
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

    private Statement statement(DataRecord record) {
        if (delete == null) {
            return insert;
        }
        @Nullable Object said = record.get(change);
        RowChange known = RowChange.of(said)
                .orElseThrow(() -> new EvaluationException(
                        "unknown-change",
                        "`" + RowChange.NAME + "` is " + (said == null ? "null" : "`" + said + "`")
                                + ", neither `upsert` nor `delete`."));
        return known == RowChange.DELETE ? delete : insert;
    }
}
