package io.pipewright.stages.cassandra;

import io.pipewright.spi.stage.PlanContext;
import java.util.List;
import java.util.Optional;

/** Finds the table that an option names among those that a connection's schema file declares. */
final class DeclaredTable {

    private DeclaredTable() {}

    /**
     * The table; empty if there is none, which is reported.
     *
     * @param written {@code keyspace.table}
     * @param option where that stands
     */
    static Optional<CqlTable> find(String written, CassandraConnection connection, String option, PlanContext in) {
        String file = connection.schema().name();
        CqlSchema schema = CqlSchemaReader.read(connection.schema().content());
        int dot = written.indexOf('.');
        if (dot <= 0 || dot == written.length() - 1) {
            in.error(
                    "malformed-table",
                    option,
                    "`" + written + "` does not name a keyspace and a table.",
                    nearest(written, schema.qualifiedNames(), "write `keyspace.table`.", in));
            return Optional.empty();
        }
        String keyspace = written.substring(0, dot);
        Optional<CqlTable> table = schema.table(keyspace, written.substring(dot + 1));
        boolean knownKeyspace = schema.keyspaces().contains(keyspace)
                || schema.tables().stream().anyMatch(t -> t.keyspace().equals(keyspace));
        if (table.isEmpty() && !schema.problems().isEmpty()) {
            return table; // the connection's check says what of the file could not be read, perhaps this table
        }
        if (table.isEmpty() && !knownKeyspace) {
            List<String> keyspaces = List.copyOf(schema.keyspaces());
            in.error(
                    "unknown-keyspace",
                    option,
                    "`" + file + "` declares no keyspace `" + keyspace + "`.",
                    nearest(keyspace, keyspaces, "declare it there with CREATE KEYSPACE.", in));
        } else if (table.isEmpty()) {
            in.error(
                    "unknown-table",
                    option,
                    "`" + file + "` declares no table `" + written + "`.",
                    nearest(written, schema.qualifiedNames(), "declare it there with CREATE TABLE.", in));
        }
        return table;
    }

    private static String nearest(String name, List<String> valid, String otherwise, PlanContext in) {
        return in.nearest(name, valid)
                .map(found -> "did you mean `" + found + "`?")
                .orElse(otherwise);
    }
}
