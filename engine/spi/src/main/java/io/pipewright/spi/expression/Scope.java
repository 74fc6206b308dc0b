package io.pipewright.spi.expression;

import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What an expression may name: the fields of one record by their bare names, and variables.
 *
 * <p>Variables are found by their position in this list when the expression is evaluated. The pipeline's own {@code
 * vars} need not be listed; the engine adds them as constants.
 */
public record Scope(RecordType fields, List<Variable> variables) implements Serializable {

    private static final RecordType NOTHING = new RecordType("nothing", List.of());

    public Scope {
        variables = List.copyOf(variables);
    }

    /** The fields of one record. */
    public static Scope of(RecordType fields) {
        return new Scope(fields, List.of());
    }

    /** Variables alone, such as the steps of a pattern in {@code emit}. */
    public static Scope ofVariables(List<Variable> variables) {
        return new Scope(NOTHING, variables);
    }

    // By hand, as in RecordType.
    @Override
    public boolean equals(Object other) {
        return other instanceof Scope scope && fields.equals(scope.fields) && variables.equals(scope.variables);
    }

    @Override
    public int hashCode() {
        return 31 * fields.hashCode() + variables.hashCode();
    }

    public Scope with(Variable variable) {
        List<Variable> all = new ArrayList<>(variables);
        all.add(variable);
        return new Scope(fields, all);
    }
}
