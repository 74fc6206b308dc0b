package io.pipewright.stages.join;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes the rows of a join from two records, or from one alone. */
final class JoinRows {

    private final ComputedFields.Rows rows;
    private final boolean windows;
    private final RecordType pair;

    JoinRows(JoinPlan plan, RecordType first, RecordType second, RecordType row) {
        rows = plan.selected().bind(plan.scope(first, second), row);
        windows = plan.meeting() instanceof Meeting.Windows;
        pair = RecordType.of(
                "pair",
                Field.nullable(plan.first().name(), first),
                Field.nullable(plan.second().name(), second));
    }

    /** What stands in a failure for the record: the two, by what expressions call them. */
    RecordType pair() {
        return pair;
    }

    /** The two records as one, with the origin of the one that is alone. */
    static DataRecord pair(@Nullable DataRecord first, @Nullable DataRecord second) {
        DataRecord alone = first == null ? second : second == null ? first : null;
        return new DataRecord(new @Nullable Object[] {first, second}, alone == null ? null : alone.origin());
    }

    /**
     * A row, with the origin of the pair.
     *
     * @param window that the row is of, where the join has windows
     * @throws EvaluationException if a field has no value
     */
    DataRecord of(DataRecord pair, Meeting.Span window) {
        return windows
                ? rows.of(
                        pair,
                        pair.get(0),
                        pair.get(1),
                        Instant.ofEpochMilli(window.start()),
                        Instant.ofEpochMilli(window.end()))
                : rows.of(pair, pair.get(0), pair.get(1));
    }

    /** The field that a record from state lacks although it may not be null, as {@code call.agent}; null if none. */
    @Nullable
    String missingField(DataRecord record) {
        return record.missingField(pair);
    }
}
