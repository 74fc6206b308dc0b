package io.pipewright.stages.cassandra;

import io.pipewright.spi.answer.AnswerSource;
import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.cassandra.CassandraAnswersPlan.ReadColumn;
import io.pipewright.stages.cassandra.CassandraSinkPlan.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plans the {@code cassandra} server of a lookup; what is wrong with it is reported below the option {@code server}. */
public final class CassandraAnswersPlanner {

    private static final String RECORD = "server.record";

    private final PlanContext in;
    private final Duration timeout;
    private final int capacity;
    private boolean failed;

    /**
     * @param timeout of one attempt
     * @param capacity how many questions are open at most
     */
    public CassandraAnswersPlanner(PlanContext in, Duration timeout, int capacity) {
        this.in = in;
        this.timeout = timeout;
        this.capacity = capacity;
    }

    /**
     * The table's rows; empty if it cannot be asked so, which was reported.
     *
     * @param question the values by which it is asked, each named as its column
     */
    public Optional<AnswerSource> plan(
            ConnectionRef ref, String table, DeclaredRecord record, String consistency, RecordType question) {
        Optional<CassandraConnection> connection = in.connection(ref, CassandraConnection.class);
        Optional<CqlTable> declared = connection.flatMap(known -> DeclaredTable.find(table, known, "server.table", in));
        if (connection.isEmpty() || declared.isEmpty()) {
            return Optional.empty();
        }
        List<CqlColumn> key = key(declared.get(), question);
        List<ReadColumn> columns = columns(declared.get(), record);
        return failed
                ? Optional.empty()
                : Optional.of(new CassandraAnswersPlan(
                        Cluster.of(connection.get()),
                        declared.get(),
                        question,
                        key,
                        columns,
                        consistency,
                        timeout,
                        capacity));
    }

    /** The column of each value of a question: together the whole primary key, so that there is one row at most. */
    private List<CqlColumn> key(CqlTable table, RecordType question) {
        List<CqlColumn> columns = new ArrayList<>();
        for (Field value : question.fields()) {
            Optional<CqlColumn> column = table.column(value.name()).filter(CqlColumn::isKey);
            if (column.isEmpty()) {
                error(
                        "unknown-column",
                        OptionPath.key("key." + value.name()),
                        "The primary key of `" + table.qualifiedName() + "` has no column `" + value.name() + "`.",
                        in.nearest(value.name(), keyNames(table))
                                .map(found -> "did you mean `" + found + "`?")
                                .orElse("the primary key is " + table.primaryKeyText() + "."));
            } else if (ColumnConversion.between(value.type(), column.get().type())
                    .isEmpty()) {
                error(
                        "type-mismatch",
                        "key." + value.name(),
                        "Column `" + value.name() + "` is `" + column.get().type() + "`, and its value is a `"
                                + value.type().text() + "`.",
                        "write an expression of a type that fits it.");
            } else {
                columns.add(column.get());
            }
        }
        List<String> missing = keyNames(table).stream()
                .filter(name -> question.field(name).isEmpty())
                .map(name -> "`" + name + "`")
                .toList();
        if (!missing.isEmpty() && !failed && question.size() > 0) {
            error(
                    "missing-key-column",
                    "key",
                    "The primary key of `" + table.qualifiedName() + "` is not covered: " + String.join(", ", missing)
                            + (missing.size() == 1 ? " is missing." : " are missing."),
                    "add it, so that there is one row at most; the primary key is " + table.primaryKeyText() + ".");
        }
        return columns;
    }

    private static List<String> keyNames(CqlTable table) {
        return Stream.concat(table.partitionKey().stream(), table.clustering().stream())
                .toList();
    }

    private List<ReadColumn> columns(CqlTable table, DeclaredRecord record) {
        List<ReadColumn> columns = new ArrayList<>();
        for (DeclaredField field : record.fields()) {
            String name = String.join(".", field.path());
            Optional<CqlColumn> column = table.column(name);
            if (column.isEmpty()) {
                error(
                        "unknown-column",
                        RECORD,
                        "Table `" + table.qualifiedName() + "` has no column `" + name + "`, which `" + record.name()
                                + "` declares.",
                        in.nearest(name, table.columnNames())
                                .map(found -> "did you mean `" + found + "`?")
                                .orElse("columns: " + String.join(", ", table.columnNames()) + "."));
            } else if (ColumnReading.between(column.get().type(), field).isEmpty()) {
                error(
                        "type-mismatch",
                        RECORD,
                        "Column `" + name + "` is `" + column.get().type() + "`, and `"
                                + field.field().name() + "` of `" + record.name() + "` is a `"
                                + field.field().type().text() + "`.",
                        ColumnReading.fitting(column.get().type())
                                .map(fitting -> "it can be read as " + fitting + ".")
                                .orElse("leave it out: no field can hold such a column."));
            } else {
                columns.add(new ReadColumn(column.get(), field));
            }
        }
        return columns;
    }

    private void error(String code, String path, String message, String hint) {
        failed = true;
        in.error(code, path, message, hint);
    }
}
