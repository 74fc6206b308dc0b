package io.pipewright.stages.cep;

import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the record of a match: the fields that something reads, in their order, from the events of each step. */
final class MatchRow {

    private static final DataRecord NO_FIELDS = DataRecord.of();

    private final Evaluator[] emitted;

    /**
     * @param matched an event as it is in a match
     * @param row what is emitted
     */
    MatchRow(CepPlan plan, RecordType matched, RecordType row) {
        Scope scope = CepPlan.scope(plan.stepIds(), matched);
        emitted = row.names().stream()
                .map(name -> plan.emitted().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .expression()
                        .evaluator(scope))
                .toArray(Evaluator[]::new);
    }

    /**
     * The record.
     *
     * @param steps the events of each step
     * @throws io.pipewright.spi.expression.EvaluationException if a field has no value
     */
    DataRecord of(List<DataRecord>[] steps) {
        @Nullable Object[] values = new Object[emitted.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = emitted[i].evaluate(NO_FIELDS, (Object[]) steps);
        }
        return new DataRecord(values, null);
    }
}
