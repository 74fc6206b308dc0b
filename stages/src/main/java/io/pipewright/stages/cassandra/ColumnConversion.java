package io.pipewright.stages.cassandra;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a value of one of our types into the value that a column takes; never one that means something else.
 *
 * <p>Which pairs fit is known when the pipeline is planned. What depends on the value - range, precision, text form -
 * is checked per record. A timestamp finer than a
 * millisecond, which is all that CQL has, is refused.
 */
@FunctionalInterface
interface ColumnConversion {

    /**
     * The value for the column, not null.
     *
     * @throws EvaluationException if the column cannot hold the value: {@code overflow}, {@code lossy},
     *     {@code malformed-uuid}, {@code malformed-address}, {@code not-ascii}
     */
    Object convert(Object value);

    /** The conversion between these types, if there is one. */
    static Optional<ColumnConversion> between(DataType from, CqlType to) {
        if (from instanceof Scalar scalar) {
            return to.parameters().isEmpty() ? ScalarConversions.between(scalar, to.name()) : Optional.empty();
        }
        List<CqlType> parameters = to.parameters();
        if (from instanceof ListType list && to.is("list") && parameters.size() == 1) {
            return element(list.element(), parameters.get(0)).map(each -> value -> list(value, each));
        }
        if (from instanceof ListType list && to.is("set") && parameters.size() == 1) {
            return element(list.element(), parameters.get(0))
                    .map(each -> value -> new LinkedHashSet<>(list(value, each)));
        }
        if (from instanceof MapType map
                && to.is("map")
                && parameters.size() == 2
                && parameters.get(0).is("text")) {
            return element(map.value(), parameters.get(1)).map(each -> value -> map(value, each));
        }
        return Optional.empty();
    }

    private static Optional<ColumnConversion> element(DataType from, CqlType to) {
        return from instanceof Scalar ? between(from, to) : Optional.empty();
    }

    private static List<Object> list(Object value, ColumnConversion each) {
        List<Object> converted = new ArrayList<>();
        for (Object element : (List<?>) value) {
            converted.add(each.convert(element));
        }
        return converted;
    }

    private static Map<Object, Object> map(Object value, ColumnConversion each) {
        Map<Object, Object> converted = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, element) -> converted.put(key, each.convert(element)));
        return converted;
    }

    /** The column types that a value of this type fits, as hints name them. */
    static String fitting(DataType from) {
        if (from instanceof Scalar scalar) {
            return String.join(", ", ScalarConversions.fitting(scalar));
        }
        if (from instanceof ListType list && list.element() instanceof Scalar) {
            return "list or set of " + fitting(list.element());
        }
        if (from instanceof MapType map && map.value() instanceof Scalar) {
            return "map<text, …> of " + fitting(map.value());
        }
        return "";
    }
}
