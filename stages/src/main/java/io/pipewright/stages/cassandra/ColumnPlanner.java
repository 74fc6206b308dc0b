package io.pipewright.stages.cassandra;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.RowChange;
import io.pipewright.spi.type.Field;
import io.pipewright.stages.cassandra.CassandraSinkPlan.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans the columns of a Cassandra sink: each is in the table and of a type that fits, and together they hold the key. */
final class ColumnPlanner {

    private final CassandraSinkOptions options;
    private final PlanContext in;
    private final CqlTable table;
    private final Findings findings;
    private boolean allChecked = true;

    ColumnPlanner(CassandraSinkOptions options, PlanContext in, CqlTable table, Findings findings) {
        this.options = options;
        this.in = in;
        this.table = table;
        this.findings = findings;
    }

    /** Where errors go. */
    @FunctionalInterface
    interface Findings {
        void error(String code, String path, String message, @Nullable String hint);
    }

    /** Where a problem with a column is: at its entry, or at the sink when `columns` is absent. */
    static String path(CassandraSinkOptions options, String column) {
        return options.columns() == null ? "" : "columns." + column;
    }

    /** The columns, if every expression is right; what is wrong is reported. */
    Optional<List<Column>> columns() {
        Scope scope = in.scope();
        List<Column> columns = new ArrayList<>();
        Map<String, Expression> written = written();
        written.forEach((name, expression) -> column(name, expression, scope).ifPresent(columns::add));
        if (!written.isEmpty() && table.columnNames().containsAll(written.keySet())) {
            checkPrimaryKey(written.keySet());
        }
        return allChecked ? Optional.of(columns) : Optional.empty();
    }

    private Map<String, Expression> written() {
        Map<String, Expression> given = options.columns();
        if (given != null) {
            if (given.isEmpty()) {
                findings.error(
                        "missing-columns",
                        "columns",
                        "A Cassandra sink writes at least one column.",
                        "name one, or leave `columns` out.");
            }
            return given;
        }
        Map<String, Expression> all = new LinkedHashMap<>();
        for (Field field : in.input().fields()) {
            if (!in.inputChanges() || !field.name().equals(RowChange.NAME)) {
                all.put(field.name(), new Expression(field.name(), ""));
            }
        }
        return all;
    }

    private Optional<Column> column(String name, Expression expression, Scope scope) {
        Optional<CqlColumn> target = table.column(name);
        if (target.isEmpty()) {
            findings.error(
                    "unknown-column",
                    OptionPath.key(path(options, name)),
                    "Table `" + table.qualifiedName() + "` has no column `" + name + "`.",
                    in.nearest(name, table.columnNames())
                            .map(found -> "did you mean `" + found + "`?")
                            .orElse("columns: " + String.join(", ", table.columnNames()) + "."));
        }
        Optional<CheckedExpression> checked = in.check(expression, scope);
        allChecked &= checked.isPresent();
        if (target.isEmpty() || checked.isEmpty()) {
            return Optional.empty();
        }
        checkType(target.get(), checked.get());
        return Optional.of(new Column(target.get(), checked.get()));
    }

    private void checkType(CqlColumn target, CheckedExpression value) {
        String path = path(options, target.name());
        if (ColumnConversion.between(value.type(), target.type()).isEmpty()) {
            String fitting = ColumnConversion.fitting(value.type());
            findings.error(
                    "type-mismatch",
                    path,
                    "Column `" + target.name() + "` is `" + target.type() + "`, and `" + value.text() + "` is a `"
                            + value.type().text() + "`.",
                    fitting.isEmpty()
                            ? "no column type takes that: write its parts."
                            : "a `" + value.type().text() + "` fits columns of type " + fitting + ".");
            return;
        }
        if (target.isKey() && value.nullable()) {
            in.warning(
                    "nullable-key",
                    path,
                    "`" + target.name() + "` is part of the primary key, and `" + value.text() + "` may be null.",
                    "records with a null there go to `.errors`; give another value with `orElse`.");
        }
        if (target.type().is("float")) {
            in.warning(
                    "lossy-column",
                    path,
                    "Column `" + target.name()
                            + "` is `float`, which holds few doubles exactly; the others go to `.errors`.",
                    "make the column `double`.");
        }
    }

    /** All of it, but for a row of static columns, which belongs to its partition alone and is never deleted. */
    private void checkPrimaryKey(Set<String> written) {
        boolean onlyStatic = !in.inputChanges()
                && table.columns().stream()
                        .filter(column -> written.contains(column.name()))
                        .allMatch(c -> c.kind() == CqlColumn.Kind.PARTITION_KEY || c.kind() == CqlColumn.Kind.STATIC)
                && table.columns().stream()
                        .anyMatch(c -> c.kind() == CqlColumn.Kind.STATIC && written.contains(c.name()));
        List<String> needed = new ArrayList<>(table.partitionKey());
        if (!onlyStatic) {
            needed.addAll(table.clustering());
        }
        String missing = needed.stream()
                .filter(column -> !written.contains(column))
                .map(column -> "`" + column + "`")
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            findings.error(
                    "missing-key-column",
                    options.columns() == null ? "" : "columns",
                    "The primary key of `" + table.qualifiedName() + "` is not covered: " + missing + " is missing.",
                    "add it; the primary key is " + table.primaryKeyText() + ".");
        }
    }
}
