package io.pipewright.stages.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import io.pipewright.spi.stage.OutsideCheck;
import io.pipewright.stages.cassandra.CassandraSinkPlan.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the server whether the keyspace and the table are there and are as the schema file declares them. */
final class CassandraTableCheck implements OutsideCheck<CassandraSinkPlan> {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Override
    public List<OutsideProblem> check(CassandraSinkPlan plan) {
        return check(new Use(
                plan.id(), plan.cluster(), plan.table(), plan.consistency().name()));
    }

    /**
     * What an entry uses a table for.
     *
     * @param id of the entry
     * @param consistency a level of Cassandra's
     */
    record Use(String id, Cluster cluster, CqlTable table, String consistency) {}

    static List<OutsideProblem> check(Use use) {
        CqlSession session;
        try {
            session = CassandraSessions.open(use.cluster, use.table.keyspace(), use.id + "-check", TIMEOUT, 1);
        } catch (CassandraUnavailableException e) {
            return List.of(new OutsideProblem(e.problem(), e.action()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(new OutsideProblem("The check of Cassandra was interrupted.", "run it again."));
        }
        try {
            return new Comparison(use, session).problems();
        } finally {
            CassandraSessions.close(session);
        }
    }

    /** Compares one table with what the server has. */
    private record Comparison(Use use, CqlSession session) {

        List<OutsideProblem> problems() {
            CqlTable declared = use.table();
            Optional<KeyspaceMetadata> keyspace =
                    session.getMetadata().getKeyspace(CqlIdentifier.fromInternal(declared.keyspace()));
            if (keyspace.isEmpty()) {
                return List.of(new OutsideProblem(
                        "Keyspace `" + declared.keyspace() + "` does not exist in Cassandra at " + servers() + ".",
                        "create it: run the schema file with cqlsh."));
            }
            Optional<TableMetadata> table = keyspace.get().getTable(CqlIdentifier.fromInternal(declared.name()));
            if (table.isEmpty()) {
                return List.of(new OutsideProblem(
                        "Table `" + declared.qualifiedName() + "` does not exist in Cassandra at " + servers() + ".",
                        "create it: run the schema file with cqlsh."));
            }
            List<OutsideProblem> problems = new ArrayList<>();
            checkColumns(table.get(), problems);
            checkKey(table.get(), problems);
            checkReplication(keyspace.get(), problems);
            return problems;
        }

        private String servers() {
            return use.cluster().addresses();
        }

        private void checkColumns(TableMetadata table, List<OutsideProblem> problems) {
            for (CqlColumn declared : use.table().columns()) {
                Optional<ColumnMetadata> found = table.getColumn(CqlIdentifier.fromInternal(declared.name()));
                if (found.isEmpty()) {
                    problems.add(new OutsideProblem(
                            "Table `" + use.table().qualifiedName() + "` in Cassandra at " + servers()
                                    + " has no column `" + declared.name() + "`.",
                            "add it with ALTER TABLE, or remove it from the schema file."));
                    continue;
                }
                CqlType type = ServerTypes.of(found.get().getType());
                if (!type.equals(declared.type())) {
                    problems.add(differs(
                            "Column `" + declared.name() + "` of",
                            type.text(),
                            declared.type().text()));
                }
                boolean isStatic = declared.kind() == CqlColumn.Kind.STATIC;
                if (found.get().isStatic() != isStatic) {
                    problems.add(differs(
                            "Column `" + declared.name() + "` of",
                            isStatic ? "not static" : "static",
                            isStatic ? "static" : "not static"));
                }
            }
        }

        private void checkKey(TableMetadata table, List<OutsideProblem> problems) {
            CqlTable found = new CqlTable(
                    use.table().keyspace(),
                    use.table().name(),
                    List.of(),
                    names(table.getPartitionKey()),
                    names(table.getClusteringColumns().keySet()),
                    0);
            if (!found.primaryKeyText().equals(use.table().primaryKeyText())) {
                problems.add(differs(
                        "The primary key of",
                        found.primaryKeyText(),
                        use.table().primaryKeyText()));
            }
        }

        private static List<String> names(Collection<ColumnMetadata> columns) {
            return columns.stream().map(column -> column.getName().asInternal()).toList();
        }

        private OutsideProblem differs(String what, String found, String declared) {
            return new OutsideProblem(
                    what + " table `" + use.table().qualifiedName() + "` is `" + found + "` in Cassandra at "
                            + servers() + ", and `" + declared + "` in the schema file.",
                    "make the two agree: change the schema file, or create the table anew.");
        }

        /** Whether there are as many replicas as the consistency level asks for. */
        private void checkReplication(KeyspaceMetadata keyspace, List<OutsideProblem> problems) {
            Map<String, String> replication = keyspace.getReplication();
            String strategy = replication.getOrDefault("class", "");
            String local = use.cluster().localDatacenter();
            Optional<Integer> replicas = strategy.endsWith("NetworkTopologyStrategy")
                    ? number(replication.getOrDefault(local, "0"))
                    : strategy.endsWith("SimpleStrategy")
                            ? number(replication.getOrDefault("replication_factor", "0"))
                            : Optional.empty();
            int needed =
                    switch (use.consistency()) {
                        case "TWO" -> 2;
                        case "THREE" -> 3;
                        default -> 1;
                    };
            if (replicas.isPresent() && replicas.get() < needed) {
                problems.add(new OutsideProblem(
                        "Keyspace `" + keyspace.getName().asInternal() + "` in Cassandra at " + servers() + " has "
                                + replicas.get() + " replicas in `" + local + "`, and the consistency of `" + use.id()
                                + "` needs " + needed + ".",
                        "raise the replication factor, or lower `consistency`."));
            }
        }

        /** A replication factor; one with transient replicas is written {@code 3/1}. */
        private static Optional<Integer> number(String text) {
            String full = text.split("/", 2)[0];
            return full.matches("\\d{1,4}") ? Optional.of(Integer.valueOf(full)) : Optional.empty();
        }
    }
}
