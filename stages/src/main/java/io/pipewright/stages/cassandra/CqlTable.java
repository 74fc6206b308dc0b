package io.pipewright.stages.cassandra;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A declared table.
 *
 * @param columns in the order of the declaration
 * @param partitionKey the names of the partition key's columns, in its order
 * @param clustering the names of the clustering columns, in their order
 * @param line of its name in the schema file, from 1
 */
record CqlTable(
        String keyspace,
        String name,
        List<CqlColumn> columns,
        List<String> partitionKey,
        List<String> clustering,
        int line)
        implements Serializable {

    CqlTable {
        columns = List.copyOf(columns);
        partitionKey = List.copyOf(partitionKey);
        clustering = List.copyOf(clustering);
    }

    /** {@code keyspace.table}. */
    String qualifiedName() {
        return keyspace + "." + name;
    }

    /** The same as CQL takes it, whatever its letters. */
    String quotedName() {
        return CassandraSinkPlan.quoted(keyspace) + "." + CassandraSinkPlan.quoted(name);
    }

    /** The condition that names a row, with a marker for each of these columns. */
    static String where(List<CqlColumn> key) {
        return key.stream()
                .map(column -> CassandraSinkPlan.quoted(column.name()) + " = ?")
                .collect(Collectors.joining(" AND ", " WHERE ", ""));
    }

    List<String> columnNames() {
        return columns.stream().map(CqlColumn::name).toList();
    }

    Optional<CqlColumn> column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }

    /** Whether it is a table of counters, which know increments only. */
    boolean isCounter() {
        return columns.stream().anyMatch(column -> column.type().is("counter"));
    }

    /** {@code ((channel), window_start)}. */
    String primaryKeyText() {
        String partition = "(" + String.join(", ", partitionKey) + ")";
        return clustering.isEmpty()
                ? "(" + partition + ")"
                : "(" + partition + ", " + String.join(", ", clustering) + ")";
    }
}
