package io.pipewright.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Our types as CEL's and back. A record is a struct by a name that no expression can spell, because two records of one
 * name and different fields may meet.
 */
final class CelTypes implements CelTypeProvider {

    static final OpaqueType DECIMAL = OpaqueType.create("decimal");
    static final OpaqueType DATE = OpaqueType.create("date");
    static final OpaqueType JSON = OpaqueType.create("json");

    /** The types whose values have an order, by which there is a least and a greatest. */
    static final List<CelType> ORDERED = List.of(
            SimpleType.INT,
            SimpleType.DOUBLE,
            DECIMAL,
            SimpleType.STRING,
            SimpleType.TIMESTAMP,
            SimpleType.DURATION,
            DATE);

    private final Map<RecordType, String> names = new LinkedHashMap<>();
    private final Map<String, RecordType> records = new LinkedHashMap<>();
    private final Map<String, CelType> structs = new LinkedHashMap<>();

    CelType of(DataType type) {
        if (type instanceof Scalar scalar) {
            return of(scalar);
        }
        if (type instanceof ListType list) {
            return dev.cel.common.types.ListType.create(of(list.element()));
        }
        if (type instanceof MapType map) {
            return dev.cel.common.types.MapType.create(SimpleType.STRING, of(map.value()));
        }
        return StructTypeReference.create(nameOf((RecordType) type));
    }

    private static CelType of(Scalar scalar) {
        return switch (scalar) {
            case STRING -> SimpleType.STRING;
            case BOOLEAN -> SimpleType.BOOL;
            case INT, LONG -> SimpleType.INT;
            case DOUBLE -> SimpleType.DOUBLE;
            case DECIMAL -> DECIMAL;
            case BYTES -> SimpleType.BYTES;
            case DATE -> DATE;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case DURATION -> SimpleType.DURATION;
            case JSON -> JSON;
        };
    }

    private String nameOf(RecordType record) {
        String known = names.get(record);
        if (known != null) {
            return known;
        }
        String name = record.name() + "#" + (names.size() + 1);
        names.put(record, name);
        records.put(name, record);
        Map<String, CelType> fields = new LinkedHashMap<>();
        for (Field field : record.fields()) {
            fields.put(field.name(), of(field.type()));
        }
        structs.put(
                name,
                StructType.create(
                        name, ImmutableSet.copyOf(fields.keySet()), field -> Optional.ofNullable(fields.get(field))));
        return name;
    }

    /** Our type for one of CEL's, if it has one and only one. */
    Optional<DataType> from(CelType type) {
        return switch (type.kind()) {
            case STRING -> Optional.of(Scalar.STRING);
            case BOOL -> Optional.of(Scalar.BOOLEAN);
            case INT -> Optional.of(Scalar.LONG);
            case DOUBLE -> Optional.of(Scalar.DOUBLE);
            case BYTES -> Optional.of(Scalar.BYTES);
            case TIMESTAMP -> Optional.of(Scalar.TIMESTAMP);
            case DURATION -> Optional.of(Scalar.DURATION);
            case OPAQUE -> fromOpaque(type);
            case STRUCT -> Optional.ofNullable(records.get(type.name()));
            case LIST -> from(type.parameters().get(0)).map(ListType::new);
            case MAP -> type.parameters().get(0).equals(SimpleType.STRING)
                    ? from(type.parameters().get(1)).map(MapType::new)
                    : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<DataType> fromOpaque(CelType type) {
        if (type.equals(DECIMAL)) {
            return Optional.of(Scalar.DECIMAL);
        }
        if (type.equals(DATE)) {
            return Optional.of(Scalar.DATE);
        }
        return type.equals(JSON) ? Optional.of(Scalar.JSON) : Optional.empty();
    }

    Collection<RecordType> allRecords() {
        return records.values();
    }

    /** The structs that came up so far. */
    Collection<String> structNames() {
        return structs.keySet();
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.copyOf(structs.values());
    }

    @Override
    public Optional<CelType> findType(String typeName) {
        return Optional.ofNullable(structs.get(typeName));
    }
}
