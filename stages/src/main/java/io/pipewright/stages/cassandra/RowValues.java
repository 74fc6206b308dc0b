package io.pipewright.stages.cassandra;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.cassandra.CassandraSinkPlan.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that the columns of a sink get from a record; used by one thread. */
final class RowValues {

    private final List<Column> columns;
    private final Evaluator[] evaluators;
    private final ColumnConversion[] conversions;

    RowValues(CassandraSinkPlan plan, RecordType input) {
        this.columns = plan.columns();
        Scope scope = Scope.of(input);
        this.evaluators =
                columns.stream().map(column -> column.value().evaluator(scope)).toArray(Evaluator[]::new);
        this.conversions = columns.stream()
                .map(column -> ColumnConversion.between(
                                column.value().type(), column.target().type())
                        .orElseThrow())
                .toArray(ColumnConversion[]::new);
    }

    int size() {
        return evaluators.length;
    }

    /**
     * The value of a column; null only outside of the primary key.
     *
     * @throws EvaluationException if the expression has no value, the column cannot hold it, or it is null in the
     *     primary key ({@code null-key})
     */
    @Nullable
    Object get(int column, DataRecord record) {
        @Nullable Object value = evaluators[column].evaluate(record);
        if (value != null) {
            return conversions[column].convert(value);
        }
        CqlColumn target = columns.get(column).target();
        if (target.isKey()) {
            throw new EvaluationException(
                    "null-key", "`" + target.name() + "` is part of the primary key and would be null.");
        }
        return null;
    }
}
