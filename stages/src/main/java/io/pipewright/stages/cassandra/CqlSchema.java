package io.pipewright.stages.cassandra;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keyspaces and tables that a schema file declares.
 *
 * @param problems what of the file could not be read; the rest is as declared
 */
record CqlSchema(Set<String> keyspaces, List<CqlTable> tables, List<CqlProblem> problems) {

    CqlSchema {
        tables = List.copyOf(tables);
        problems = List.copyOf(problems);
    }

    Optional<CqlTable> table(String keyspace, String name) {
        return tables.stream()
                .filter(table ->
                        table.keyspace().equals(keyspace) && table.name().equals(name))
                .findFirst();
    }

    /** Every table as {@code keyspace.table}. */
    List<String> qualifiedNames() {
        return tables.stream().map(CqlTable::qualifiedName).toList();
    }
}
