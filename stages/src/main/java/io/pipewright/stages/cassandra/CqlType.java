package io.pipewright.stages.cassandra;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A CQL type as a table declares it, such as {@code bigint} or {@code map<text, int>}.
 *
 * <p>Two spellings of one type are equal: {@code varchar} is {@code text}, and {@code frozen<x>} is {@code x}, since
 * freezing does not change what may be written.
 *
 * @param name lower case for types of CQL itself
 */
record CqlType(String name, List<CqlType> parameters) implements Serializable {

    private static final Set<String> SCALARS = Set.of(
            "ascii",
            "bigint",
            "blob",
            "boolean",
            "counter",
            "date",
            "decimal",
            "double",
            "duration",
            "float",
            "inet",
            "int",
            "smallint",
            "text",
            "time",
            "timestamp",
            "timeuuid",
            "tinyint",
            "uuid",
            "varint");

    CqlType {
        parameters = List.copyOf(parameters);
    }

    static CqlType of(String name, CqlType... parameters) {
        if (name.equals("frozen") && parameters.length == 1) {
            return parameters[0];
        }
        return new CqlType(name.equals("varchar") ? "text" : name, List.of(parameters));
    }

    /** Whether it is one of CQL's own types without parameters. */
    boolean isScalar() {
        return parameters.isEmpty() && SCALARS.contains(name);
    }

    boolean is(String other) {
        return name.equals(other);
    }

    /** As CQL writes it: {@code map<text, int>}. */
    String text() {
        return parameters.isEmpty()
                ? name
                : name + parameters.stream().map(CqlType::text).collect(Collectors.joining(", ", "<", ">"));
    }

    @Override
    public String toString() {
        return text();
    }
}
