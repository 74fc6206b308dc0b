package io.pipewright.stages.cassandra;

import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.RowChange;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Nulls;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Retry;
import io.pipewright.stages.cassandra.CassandraSinkOptions.WriteTimestamp;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Writer;
import io.pipewright.stages.cassandra.CassandraSinkPlan.Cluster;
import io.pipewright.stages.cassandra.CassandraSinkPlan.Column;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans one Cassandra sink: a list of small checks, each reporting by option path. */
final class CassandraSinkPlanner {

    private static final Set<String> NO_CONNECTOR_TYPES =
            Set.of("blob", "uuid", "timeuuid", "inet", "date", "duration");

    private final CassandraSinkOptions options;
    private final PlanContext in;
    private boolean failed;

    CassandraSinkPlanner(CassandraSinkOptions options, PlanContext in) {
        this.options = options;
        this.in = in;
    }

    Optional<CassandraSinkPlan> plan() {
        Optional<CassandraConnection> connection = in.connection(options.connection(), CassandraConnection.class);
        checkTimes();
        Optional<CqlTable> table = connection.flatMap(this::table);
        List<Column> columns = table.map(this::columns).orElse(List.of());
        if (table.isEmpty()) {
            checkExpressions();
        }
        if (options.writer() == Writer.CONNECTOR) {
            checkConnector(columns);
        }
        if (in.inputChanges()) {
            checkChanges(columns);
        }
        if (failed || connection.isEmpty() || table.isEmpty()) {
            return Optional.empty();
        }
        Retry retry = options.retry() == null ? Retry.DEFAULT : options.retry();
        Duration ttl = options.ttl();
        return Optional.of(new CassandraSinkPlan(
                in.id(),
                Cluster.of(connection.get()),
                table.get(),
                columns,
                in.inputChanges(),
                nulls(),
                options.consistency(),
                ttl == null ? 0 : (int) ttl.toSeconds(),
                options.maxInFlight(),
                options.timeout(),
                retry,
                options.writeTimestamp(),
                options.writer()));
    }

    /** A row that takes the place of another one leaves nothing of it, unless the author says otherwise. */
    private Nulls nulls() {
        Nulls written = options.nulls();
        if (written != null) {
            return written;
        }
        return in.inputChanges() ? Nulls.WRITE : Nulls.UNSET;
    }

    private void checkTimes() {
        Duration ttl = options.ttl();
        if (ttl != null && ttl.getNano() != 0) {
            error("out-of-range", "ttl", "`ttl` is in whole seconds.", "write a duration such as `30s` or `90d`.");
        }
        Retry retry = options.retry() == null ? Retry.DEFAULT : options.retry();
        retry.rules().check(Retry.DEFAULT.maxBackoff(), in);
    }

    private Optional<CqlTable> table(CassandraConnection connection) {
        Optional<CqlTable> table = DeclaredTable.find(options.table(), connection, "table", in);
        if (table.isPresent() && table.get().isCounter()) {
            error(
                    "counter-table",
                    "table",
                    "`" + options.table() + "` holds counters, which can only be incremented, not written.",
                    "write to a table with a `bigint` column.");
            return Optional.empty();
        }
        return table;
    }

    /** What is wrong with the expressions themselves, where the table's columns are unknown. */
    private void checkExpressions() {
        Optional.ofNullable(options.columns())
                .ifPresent(columns -> columns.values().forEach(value -> in.check(value, in.scope())));
    }

    private List<Column> columns(CqlTable table) {
        Optional<List<Column>> columns = new ColumnPlanner(options, in, table, this::error).columns();
        failed |= columns.isEmpty();
        return columns.orElse(List.of());
    }

    private void checkConnector(List<Column> columns) {
        if (in.onError() != ErrorPolicy.FAIL) {
            error(
                    "no-errors-port",
                    "writer",
                    "`writer: connector` has no `.errors` port and cannot tell which rows were refused.",
                    "set `onError: fail` here, or use `writer: async`.");
        }
        if (options.writeTimestamp() == WriteTimestamp.EVENT_TIME) {
            error(
                    "not-with-connector",
                    OptionPath.key("writeTimestamp"),
                    "`writer: connector` writes with the time of writing alone.",
                    "use `writer: async`.");
        }
        if (options.retry() != null) {
            error(
                    "not-with-connector",
                    "retry",
                    "`writer: connector` does not retry.",
                    "remove `retry`, or use `writer: async`.");
        }
        for (Column column : columns) {
            CqlType type = column.target().type();
            if (NO_CONNECTOR_TYPES.contains(type.name()) || !type.parameters().isEmpty()) {
                error(
                        "not-with-connector",
                        ColumnPlanner.path(options, column.target().name()),
                        "`writer: connector` does not write columns of type `" + type + "`.",
                        "use `writer: async`.");
            }
        }
    }

    /** What would delete another row than the one that was written, or let one stay that was deleted. */
    private void checkChanges(List<Column> columns) {
        if (options.writer() == Writer.CONNECTOR) {
            error("not-with-connector", "writer", "`writer: connector` deletes no rows.", "use `writer: async`.");
        }
        if (options.writeTimestamp() == WriteTimestamp.EVENT_TIME) {
            error(
                    "not-with-changes",
                    "writeTimestamp",
                    "One event may delete a row and write it again, and of two changes with one timestamp Cassandra"
                            + " keeps the deletion.",
                    "use `writeTimestamp: now`; the rows come in the order of their events.");
        }
        for (Column column : columns) {
            String path = ColumnPlanner.path(options, column.target().name());
            if (column.target().kind() == CqlColumn.Kind.STATIC) {
                error(
                        "not-with-changes",
                        path,
                        "Column `" + column.target().name()
                                + "` is static: it belongs to all rows of a partition, and deleting a row leaves it.",
                        "write it with a sink of its own, from rows that replace nothing.");
            } else if (column.target().isKey() && column.value().fieldsRead().contains(RowChange.NAME)) {
                error(
                        "not-with-changes",
                        path,
                        "With `" + RowChange.NAME + "` in its primary key, a deletion names another row than the one"
                                + " that was written.",
                        "leave `" + RowChange.NAME + "` out of the primary key.");
            }
        }
        Optional<Field> change = in.input().field(RowChange.NAME);
        if (change.isPresent() && !change.get().type().equals(Scalar.STRING)) {
            error(
                    "not-with-changes",
                    "",
                    "`" + RowChange.NAME + "` is a `" + change.get().type().text()
                            + "`, and it must say `upsert` or `delete`.",
                    "keep `" + RowChange.NAME + "` as it comes.");
        }
    }

    private void error(String code, String path, String message, @Nullable String hint) {
        failed = true;
        in.error(code, path, message, hint);
    }
}
