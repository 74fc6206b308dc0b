package io.pipewright.stages.cassandra;

import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.type.CustomType;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import java.util.List;

/** The server's types as the declared ones are written. */
final class ServerTypes {

    private ServerTypes() {}

    /**
     * Compares what a prepared statement takes or gives with what is declared.
     *
     * @param declared the columns in the same order
     * @throws CassandraUnavailableException if the server's table is not the declared one
     */
    static void compare(ColumnDefinitions prepared, List<CqlColumn> declared, CqlTable table) {
        for (int i = 0; i < declared.size(); i++) {
            CqlColumn column = declared.get(i);
            CqlType found = of(prepared.get(i).getType());
            if (!found.equals(column.type())) {
                throw new CassandraUnavailableException(
                        "Column `" + column.name() + "` of `" + table.qualifiedName() + "` is `" + found
                                + "` on the server, and declared as `" + column.type() + "`.",
                        "Make the table and the schema file agree.",
                        null);
            }
        }
    }

    static CqlType of(DataType type) {
        if (type instanceof ListType list) {
            return CqlType.of("list", of(list.getElementType()));
        }
        if (type instanceof SetType set) {
            return CqlType.of("set", of(set.getElementType()));
        }
        if (type instanceof MapType map) {
            return CqlType.of("map", of(map.getKeyType()), of(map.getValueType()));
        }
        if (type instanceof TupleType tuple) {
            return CqlType.of(
                    "tuple",
                    tuple.getComponentTypes().stream().map(ServerTypes::of).toArray(CqlType[]::new));
        }
        if (type instanceof UserDefinedType udt) {
            return CqlType.of(udt.getName().asInternal());
        }
        if (type instanceof VectorType vector) {
            CqlType dimensions = CqlType.of(Integer.toString(vector.getDimensions()));
            return CqlType.of("vector", of(vector.getElementType()), dimensions);
        }
        return CqlType.of(type instanceof CustomType custom ? custom.getClassName() : type.asCql(false, false));
    }
}
