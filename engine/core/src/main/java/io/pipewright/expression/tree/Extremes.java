package io.pipewright.expression.tree;

import io.pipewright.spi.expression.EvaluationException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The greatest and the least of some values of one ordered type; of equal ones the first. */
final class Extremes {

    private Extremes() {}

    /** The names of the signatures, one for each pair of types. */
    static String[] signatures(String prefix) {
        return Stream.of(
                        "int",
                        "double",
                        "decimal",
                        "string",
                        "timestamp",
                        "duration",
                        "date",
                        "int_double",
                        "double_int",
                        "int_decimal",
                        "decimal_int")
                .map(types -> prefix + types)
                .toArray(String[]::new);
    }

    static Object greatest(Object a, Object b) {
        return Values.compare(a, b) >= 0 ? a : b;
    }

    static Object least(Object a, Object b) {
        return Values.compare(a, b) <= 0 ? a : b;
    }

    static Object greatest(List<?> values) {
        return reduced("math.greatest", values, (a, b) -> greatest(a, b));
    }

    static Object least(List<?> values) {
        return reduced("math.least", values, (a, b) -> least(a, b));
    }

    private static Object reduced(String function, List<?> values, Builtin.Two body) {
        Iterator<?> rest = values.iterator();
        if (!rest.hasNext()) {
            throw new EvaluationException("bad-value", "`" + function + "` of an empty list has no value.");
        }
        Object result = rest.next();
        while (rest.hasNext()) {
            result = body.of(result, rest.next());
        }
        return result;
    }
}
