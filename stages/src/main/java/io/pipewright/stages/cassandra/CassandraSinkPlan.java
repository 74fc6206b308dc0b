package io.pipewright.stages.cassandra;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.option.Secret;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.RowChange;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Consistency;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Nulls;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Retry;
import io.pipewright.stages.cassandra.CassandraSinkOptions.WriteTimestamp;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Writer;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A checked Cassandra sink: every column is in the table, of a type that fits, and the primary key is covered.
 *
 * @param id of the entry, for messages
 * @param changes whether rows say by their {@code op} that they are written or deleted
 * @param ttlSeconds 0 for none
 */
record CassandraSinkPlan(
        String id,
        Cluster cluster,
        CqlTable table,
        List<Column> columns,
        boolean changes,
        Nulls nulls,
        Consistency consistency,
        int ttlSeconds,
        int maxInFlight,
        Duration timeout,
        Retry retry,
        WriteTimestamp writeTimestamp,
        Writer writer)
        implements StagePlan {

    CassandraSinkPlan {
        columns = List.copyOf(columns);
    }

    /** Where to write. */
    record Cluster(
            List<ContactPoint> contactPoints, String localDatacenter, @Nullable Login login, @Nullable CassandraTls tls)
            implements Serializable {
        Cluster {
            contactPoints = List.copyOf(contactPoints);
        }

        /** One that wants neither TLS nor a login. */
        Cluster(List<ContactPoint> contactPoints, String localDatacenter) {
            this(contactPoints, localDatacenter, null, null);
        }

        /** The one of a checked connection. */
        static Cluster of(CassandraConnection connection) {
            String user = connection.username();
            Secret password = connection.password();
            return new Cluster(
                    connection.contactPoints().stream()
                            .flatMap(text -> ContactPoint.parse(text).stream())
                            .toList(),
                    connection.localDatacenter(),
                    user == null || password == null ? null : new Login(user, password),
                    connection.tls());
        }

        /** {@code host:port, host:port}. */
        String addresses() {
            return contactPoints.stream()
                    .map(point -> point.host() + ":" + point.port())
                    .collect(Collectors.joining(", "));
        }
    }

    /** Who writes; the password is read when a session opens. */
    record Login(String username, Secret password) implements Serializable {}

    /** A column that is written, and what gives its value. */
    record Column(CqlColumn target, CheckedExpression value) implements Serializable {}

    @Override
    public List<OutputPort> outputs() {
        return List.of();
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        Set<String> fields = new TreeSet<>();
        columns.forEach(column -> fields.addAll(column.value().fieldsRead()));
        if (changes) {
            fields.add(RowChange.NAME);
        }
        return Map.of(FROM, fields);
    }

    @Override
    public List<String> notes() {
        return List.of(
                "writer: "
                        + (writer == Writer.ASYNC
                                ? "asynchronous, at least once, idempotent upserts" + (changes ? " and deletions" : "")
                                : "flink-connector-cassandra"),
                "primary key: " + table.primaryKeyText());
    }

    /** The columns of the primary key among those that are written. */
    List<Column> keyColumns() {
        return columns.stream().filter(column -> column.target().isKey()).toList();
    }

    /** The statement that writes a row, with a marker for every column, in their order. */
    String insert() {
        return "INSERT INTO " + table.quotedName()
                + columns.stream().map(c -> quoted(c.target().name())).collect(Collectors.joining(", ", " (", ")"))
                + columns.stream().map(c -> "?").collect(Collectors.joining(", ", " VALUES (", ")"))
                + (ttlSeconds > 0 ? " USING TTL " + ttlSeconds : "");
    }

    /** The statement that deletes a row, with a marker for every column of the primary key, in the order of {@link #keyColumns}. */
    String delete() {
        return "DELETE FROM " + table.quotedName()
                + CqlTable.where(keyColumns().stream().map(Column::target).toList());
    }

    /** A name as CQL takes it, whatever its letters. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
