package io.pipewright.stages.cassandra;

import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.PlanContext;
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
                options.nulls(),
                options.consistency(),
                ttl == null ? 0 : (int) ttl.toSeconds(),
                options.maxInFlight(),
                options.timeout(),
                retry,
                options.writeTimestamp(),
                options.writer()));
    }

    private void checkTimes() {
        Duration ttl = options.ttl();
        if (ttl != null && ttl.getNano() != 0) {
            error("out-of-range", "ttl", "`ttl` is in whole seconds.", "write a duration such as `30s` or `90d`.");
        }
        Retry retry = options.retry();
        if (retry != null && retry.maxBackoff().compareTo(retry.backoff()) < 0) {
            boolean byDefault = retry.maxBackoff().equals(Retry.DEFAULT.maxBackoff());
            error(
                    "out-of-range",
                    byDefault ? "retry.backoff" : "retry.maxBackoff",
                    "`maxBackoff` is shorter than `backoff`.",
                    "write a longer `maxBackoff`, or a shorter `backoff`.");
        }
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

    private void error(String code, String path, String message, @Nullable String hint) {
        failed = true;
        in.error(code, path, message, hint);
    }
}
