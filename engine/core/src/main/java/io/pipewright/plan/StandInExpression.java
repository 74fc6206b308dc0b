package io.pipewright.plan;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.type.DataType;
import java.util.Map;
import java.util.Set;

/** Takes the place of an expression that is wrong while the rest is checked; it never runs. */
record StandInExpression(String text, DataType type) implements CheckedExpression {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean nullable() {
        return false;
    }

    @Override
    public Set<String> fieldsRead() {
        return Set.of();
    }

    @Override
    public Map<String, Set<String>> variableFieldsRead() {
        return Map.of();
    }

    @Override
    public Evaluator evaluator(Scope physical) {
        throw new IllegalStateException("A wrong expression was built: " + text);
    }
}
