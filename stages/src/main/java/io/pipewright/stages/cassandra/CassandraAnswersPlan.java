package io.pipewright.stages.cassandra;

import io.pipewright.spi.answer.AnswerClient;
import io.pipewright.spi.answer.AnswerSource;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.stage.OutsideCheck.OutsideProblem;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.cassandra.CassandraSinkPlan.Cluster;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A checked {@code cassandra} server of a lookup: a table that is asked by its whole primary key.
 *
 * @param question the values by which it is asked
 * @param key the column of each of them, in their order
 * @param columns what is read, in the order of the answer's fields
 * @param capacity how many questions are open at most
 */
record CassandraAnswersPlan(
        Cluster cluster,
        CqlTable table,
        RecordType question,
        List<CqlColumn> key,
        List<ReadColumn> columns,
        String consistency,
        Duration timeout,
        int capacity)
        implements AnswerSource {

    CassandraAnswersPlan {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    /** A column, and the field that it becomes. */
    record ReadColumn(CqlColumn column, DeclaredField field) implements Serializable {}

    @Override
    public AnswerClient open(String stage) throws InterruptedException {
        return CassandraAnswerClient.open(this, stage);
    }

    @Override
    public List<OutsideProblem> check(String stage) {
        return CassandraTableCheck.check(new CassandraTableCheck.Use(stage, cluster, table, consistency));
    }

    @Override
    public String server() {
        return "Cassandra at " + cluster.addresses();
    }

    /** The statement with a marker for every value of a question, in their order. */
    String select() {
        return columns.stream()
                        .map(read -> CassandraSinkPlan.quoted(read.column().name()))
                        .collect(Collectors.joining(", ", "SELECT ", " FROM "))
                + table.quotedName()
                + CqlTable.where(key);
    }
}
