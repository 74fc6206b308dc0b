package io.pipewright.expression.tree;

import io.pipewright.expression.tree.Node.Order;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out that no record can meet a condition, from the condition alone: parts that are false by themselves, and parts
 * joined by {@code &&} that ask of one value what cannot be true together, such as {@code n > 5 && n < 3}.
 *
 * <p>It does not calculate: a condition that it says nothing of may never be true all the same.
 */
final class NeverTrue {

    private final Map<Node, Asked> asked = new HashMap<>();
    private boolean found;

    private NeverTrue() {}

    /** Whether a condition is false, or has no value, for every record. */
    static boolean is(Node condition) {
        if (condition instanceof Node.Or or) {
            return is(or.left()) && is(or.right());
        }
        NeverTrue search = new NeverTrue();
        search.take(condition);
        return search.found || search.asked.values().stream().anyMatch(Asked::isContradiction);
    }

    /** Takes a part of the condition that must be true for the whole to be. */
    private void take(Node part) {
        if (part instanceof Node.And and) {
            take(and.left());
            take(and.right());
        } else if (part instanceof Node.Or) {
            found |= is(part);
        } else if (part instanceof Node.Equal equal) {
            equal(equal);
        } else if (part instanceof Node.Compare compare) {
            compare(compare);
        } else if (part instanceof Node.Not not) {
            refuse(not.value());
        } else if (part instanceof Node.Literal literal) {
            found |= Boolean.FALSE.equals(literal.value());
        } else {
            of(part).equal.add(true);
        }
    }

    /** Takes a part that must be false. */
    private void refuse(Node part) {
        if (part instanceof Node.Not not) {
            take(not.value());
        } else if (part instanceof Node.Or or) {
            refuse(or.left());
            refuse(or.right());
        } else if (part instanceof Node.Equal equal && equal.right() instanceof Node.Literal literal) {
            of(equal.left()).unequal.add(literal.value());
        } else if (part instanceof Node.Equal equal) {
            found |= equal.left().equals(equal.right()) && isScalarWithoutNaN(equal.left());
        } else if (part instanceof Node.Literal literal) {
            found |= Boolean.TRUE.equals(literal.value());
        } else {
            of(part).equal.add(false);
        }
    }

    private void equal(Node.Equal equal) {
        if (equal.left() instanceof Node.Literal left && equal.right() instanceof Node.Literal right) {
            found |= !Values.equal(left.value(), right.value());
        } else if (equal.right() instanceof Node.Literal literal) {
            of(equal.left()).equal.add(literal.value());
        }
    }

    private void compare(Node.Compare compare) {
        boolean strict = compare.order() == Order.LESS || compare.order() == Order.GREATER;
        if (compare.left() instanceof Node.Literal left && compare.right() instanceof Node.Literal right) {
            found |= !compare.order().holds(order(left.value(), right.value()));
        } else if (compare.right() instanceof Node.Literal literal) {
            of(compare.left()).bounds.add(new Bound(compare.order(), literal.value()));
        } else if (compare.left() instanceof Node.Literal literal) {
            of(compare.right()).bounds.add(new Bound(Comparisons.mirrored(compare.order()), literal.value()));
        } else {
            found |= strict && compare.left().equals(compare.right());
        }
    }

    /** A value that is not a number differs from itself. */
    private static boolean isScalarWithoutNaN(Node value) {
        return value.type() instanceof Scalar && value.type() != Scalar.DOUBLE && value.type() != Scalar.JSON;
    }

    private Asked of(Node value) {
        return asked.computeIfAbsent(value, node -> new Asked());
    }

    /** The order of two values that one value is compared with; whole numbers may stand beside others. */
    private static int order(Object a, Object b) {
        if (a instanceof Long whole && b instanceof Double other) {
            return Values.compare((long) whole, (double) other);
        }
        if (a instanceof Double other && b instanceof Long whole) {
            return -Values.compare((long) whole, (double) other);
        }
        return a instanceof Double x && b instanceof Double y
                ? Double.compare(x + 0.0, y + 0.0) // which makes no difference between the two zeros
                : Values.compare(a, b);
    }

    /** What a value is on one side of. */
    private record Bound(Order order, Object value) {

        boolean admits(Object other) {
            return order.holds(NeverTrue.order(other, value));
        }

        boolean isUpper() {
            return order == Order.LESS || order == Order.LESS_OR_EQUAL;
        }

        /** Whether nothing is both above this one and below another. */
        boolean isBeyond(Bound upper) {
            int order = NeverTrue.order(value, upper.value);
            return order > 0 || (order == 0 && !(admits(upper.value) && upper.admits(value)));
        }
    }

    /** All that is asked of one value. */
    private static final class Asked {
        private final List<Object> equal = new ArrayList<>();
        private final List<Object> unequal = new ArrayList<>();
        private final List<Bound> bounds = new ArrayList<>();

        boolean isContradiction() {
            for (Object value : equal) {
                if (!equal.stream().allMatch(other -> Values.equal(value, other))
                        || unequal.stream().anyMatch(other -> Values.equal(value, other))
                        || !bounds.stream().allMatch(bound -> bound.admits(value))) {
                    return true;
                }
            }
            return bounds.stream()
                    .filter(bound -> !bound.isUpper())
                    .anyMatch(lower -> bounds.stream().filter(Bound::isUpper).anyMatch(lower::isBeyond));
        }
    }
}
