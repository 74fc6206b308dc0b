package io.pipewright.spi.expression;

import io.pipewright.spi.type.DataType;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * An expression that was parsed and type-checked against a {@link Scope}; it travels with the plan and is turned into
 * an {@link Evaluator} where it runs, in {@code open()}.
 */
public interface CheckedExpression extends Serializable {

    /** The expression as its author wrote it. */
    String text();

    DataType type();

    /** Whether its value may be null. */
    boolean nullable();

    /**
     * Whether its text alone says that no record can meet it as a condition, as with {@code n > 5 && n < 3}. False says
     * nothing.
     */
    default boolean neverTrue() {
        return false;
    }

    /**
     * Whether it may have no value for some record, and be an {@link EvaluationException} there. False only where its text
     * alone rules that out, also for a record that lacks fields.
     */
    default boolean mayFail() {
        return true;
    }

    /** The fields that it reads by their bare names. */
    Set<String> fieldsRead();

    /** For every variable that holds a record, or a list of records: the fields that it reads of them. */
    Map<String, Set<String>> variableFieldsRead();

    /**
     * Binds the expression to a layout: the scope it was checked against, with each record type narrowed to what is
     * really there.
     */
    Evaluator evaluator(Scope physical);
}
