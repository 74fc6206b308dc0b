package io.pipewright.stages.cassandra;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import java.util.Arrays;
import org.apache.flink.api.java.functions.KeySelector;
import org.jspecify.annotations.Nullable;

/** A hash of the values of a record's primary key, so that all writes to one row meet in one subtask. */
final class PrimaryKeyHash implements KeySelector<DataRecord, Integer> {

    private static final long serialVersionUID = 1L;

    private final CassandraSinkPlan plan;
    private final RecordType input;
    private transient Evaluator @Nullable [] key;

    PrimaryKeyHash(CassandraSinkPlan plan, RecordType input) {
        this.plan = plan;
        this.input = input;
    }

    @Override
    public Integer getKey(DataRecord record) {
        Evaluator[] evaluators = key;
        if (evaluators == null) {
            Scope scope = Scope.of(input);
            evaluators = plan.keyColumns().stream()
                    .map(column -> column.value().evaluator(scope))
                    .toArray(Evaluator[]::new);
            key = evaluators;
        }
        try {
            @Nullable Object[] values = new Object[evaluators.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = evaluators[i].evaluate(record);
            }
            return Arrays.deepHashCode(values);
        } catch (EvaluationException e) {
            return 0; // any subtask will do: the writer meets the same error and reports it
        }
    }

    /** Deals hashes out over subtasks. */
    static final class Partitioner implements org.apache.flink.api.common.functions.Partitioner<Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public int partition(Integer hash, int subtasks) {
            return Math.floorMod(hash * 0x9E3779B9 >>> 7, subtasks);
        }
    }
}
