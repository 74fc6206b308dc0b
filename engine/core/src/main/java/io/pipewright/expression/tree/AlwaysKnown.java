package io.pipewright.expression.tree;

/**
 * Finds out that an expression has a value, or is null, for every record: it is made of what has an answer for nulls too,
 * and calculates nothing.
 *
 * <p>It gives up early: what it does not vouch for may be known for every record all the same.
 */
final class AlwaysKnown {

    private AlwaysKnown() {}

    /** Whether evaluation never fails, whatever a record holds and lacks. */
    static boolean is(Node node) {
        if (node instanceof Node.Select select) {
            return is(select.record());
        } else if (node instanceof Node.OrElse either) {
            return is(either.value()) && is(either.fallback());
        }
        return node instanceof Node.Literal
                || node instanceof Node.FieldValue
                || node instanceof Node.VariableValue
                || isDecided(node);
    }

    /** Whether it is true or false for every record. */
    private static boolean isDecided(Node node) {
        if (node instanceof Node.Present present) {
            return is(present.value());
        } else if (node instanceof Node.Equal equal) {
            return is(equal.left()) && is(equal.right());
        } else if (node instanceof Node.Not not) {
            return isDecided(not.value());
        } else if (node instanceof Node.And and) {
            return isDecided(and.left()) && isDecided(and.right());
        } else if (node instanceof Node.Or or) {
            return isDecided(or.left()) && isDecided(or.right());
        }
        return false;
    }
}
