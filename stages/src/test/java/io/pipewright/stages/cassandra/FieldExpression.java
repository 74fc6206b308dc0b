package io.pipewright.stages.cassandra;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import java.util.Map;
import java.util.Set;

/** The expression that is a field's name: all that the tests of the sink need. */
record FieldExpression(Field field) implements CheckedExpression {

    @Override
    public String text() {
        return field.name();
    }

    @Override
    public DataType type() {
        return field.type();
    }

    @Override
    public boolean nullable() {
        return field.nullable();
    }

    @Override
    public Set<String> fieldsRead() {
        return Set.of(field.name());
    }

    @Override
    public Map<String, Set<String>> variableFieldsRead() {
        return Map.of();
    }

    @Override
    public Evaluator evaluator(Scope physical) {
        int position = physical.fields().position(field.name());
        return new Evaluator() {
            @Override
            public Object evaluate(DataRecord record, Object[] variables) {
                return record.get(position);
            }
        };
    }
}
