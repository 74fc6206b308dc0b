package io.pipewright.expression.tree;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.type.DataType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A checked expression as a {@link Node} and what is known of it.
 *
 * @param slots how many items its loops have in hand at once at most
 */
public record TreeExpression(
        String text,
        Node tree,
        DataType type,
        boolean nullable,
        Set<String> fieldsRead,
        Map<String, Set<String>> variableFieldsRead,
        int slots)
        implements CheckedExpression {

    public TreeExpression {
        fieldsRead = new TreeSet<>(fieldsRead);
        variableFieldsRead = new TreeMap<>(variableFieldsRead);
        variableFieldsRead.replaceAll((name, fields) -> new TreeSet<>(fields));
    }

    @Override
    public Evaluator evaluator(Scope physical) {
        return new ClosureCompiler(physical, slots).compile(tree);
    }

    @Override
    public boolean neverTrue() {
        return !text.contains("vars.") && NeverTrue.is(tree); // a variable may be meant to switch something off
    }

    @Override
    public boolean mayFail() {
        return !AlwaysKnown.is(tree);
    }

    @Override
    public String toString() {
        return text;
    }
}
