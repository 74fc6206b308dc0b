package io.pipewright.stages.enrich;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the enriched record: the fields that something reads, in their order. */
final class EnrichedRow {

    private final int[] positions;
    private final @Nullable Evaluator[] added;

    EnrichedRow(EnrichPlan plan, RecordType from, RecordType row) {
        List<String> names = row.names();
        positions = new int[names.size()];
        added = new Evaluator[names.size()];
        for (int i = 0; i < positions.length; i++) {
            String name = names.get(i);
            for (EnrichPlan.Added field : plan.added()) {
                if (field.name().equals(name)) {
                    added[i] = field.expression().evaluator(plan.scope(from));
                }
            }
            positions[i] = added[i] == null ? from.position(name) : -1;
        }
    }

    /**
     * The record with the origin of {@code from}.
     *
     * @param remembered null if nothing is remembered of the key
     * @throws EvaluationException if an added field has no value
     */
    DataRecord of(DataRecord from, @Nullable DataRecord remembered) {
        @Nullable Object[] variables = {remembered};
        @Nullable Object[] values = new Object[positions.length];
        for (int i = 0; i < values.length; i++) {
            Evaluator evaluator = added[i];
            values[i] = evaluator == null ? from.get(positions[i]) : evaluator.evaluate(from, variables);
        }
        return new DataRecord(values, from.origin());
    }
}
