package io.pipewright.spi.record;

import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns values of an older record type into those of the present one, field by field and by name.
 *
 * <p>A field that the old type lacks is null, one that the present type lacks is dropped, an int becomes a long where
 * the present type says so; the same inside nested records, lists and maps. Everything else is no conversion.
 */
final class RecordConversion {

    private final RecordType from;
    private final RecordType to;
    private final int[] sources;
    private final boolean[] same;

    RecordConversion(RecordType from, RecordType to) {
        this.from = from;
        this.to = to;
        this.sources = new int[to.size()];
        this.same = new boolean[to.size()];
        for (int i = 0; i < sources.length; i++) {
            Field field = to.fields().get(i);
            sources[i] = from.indexOf(field.name());
            same[i] =
                    sources[i] >= 0 && sameValues(from.fields().get(sources[i]).type(), field.type());
        }
    }

    /** Whether a value of one type can be turned into one of the other. */
    static boolean possible(DataType from, DataType to) {
        if (from instanceof RecordType old && to instanceof RecordType now) {
            return now.fields().stream().allMatch(field -> old.field(field.name())
                    .map(before -> possible(before.type(), field.type()))
                    .orElse(true));
        }
        if (from instanceof ListType old && to instanceof ListType now) {
            return possible(old.element(), now.element());
        }
        if (from instanceof MapType old && to instanceof MapType now) {
            return possible(old.value(), now.value());
        }
        return from == to || from == Scalar.INT && to == Scalar.LONG;
    }

    /** Whether values of both types are the same as they stand; the names of records and nullability do not count. */
    static boolean sameValues(DataType from, DataType to) {
        if (from instanceof RecordType old && to instanceof RecordType now) {
            if (!old.names().equals(now.names())) {
                return false;
            }
            for (int i = 0; i < old.size(); i++) {
                if (!sameValues(old.fields().get(i).type(), now.fields().get(i).type())) {
                    return false;
                }
            }
            return true;
        }
        if (from instanceof ListType old && to instanceof ListType now) {
            return sameValues(old.element(), now.element());
        }
        if (from instanceof MapType old && to instanceof MapType now) {
            return sameValues(old.value(), now.value());
        }
        return from == to;
    }

    int size() {
        return sources.length;
    }

    /** The value at a position of the present type, from the values of the old one. */
    @Nullable
    Object get(@Nullable Object[] values, int position) {
        int source = sources[position];
        if (source < 0) {
            return null;
        }
        Object value = values[source];
        if (value == null || same[position]) {
            return value;
        }
        return convert(
                from.fields().get(source).type(), to.fields().get(position).type(), value);
    }

    @Nullable
    Object[] all(@Nullable Object[] values) {
        @Nullable Object[] converted = new Object[sources.length];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = get(values, i);
        }
        return converted;
    }

    private static Object convert(DataType from, DataType to, Object value) {
        if (from instanceof RecordType old && to instanceof RecordType now) {
            DataRecord record = (DataRecord) value;
            @Nullable Object[] values = new Object[old.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = record.get(i);
            }
            return new DataRecord(new RecordConversion(old, now).all(values), record.origin());
        }
        if (from instanceof ListType old && to instanceof ListType now) {
            List<Object> elements = new ArrayList<>();
            for (Object element : (List<?>) value) {
                elements.add(convert(old.element(), now.element(), element));
            }
            return Collections.unmodifiableList(elements);
        }
        if (from instanceof MapType old && to instanceof MapType now) {
            Map<String, Object> entries = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                entries.put((String) entry.getKey(), convert(old.value(), now.value(), entry.getValue()));
            }
            return Collections.unmodifiableMap(entries);
        }
        return from == Scalar.INT && to == Scalar.LONG ? (Object) ((Integer) value).longValue() : value;
    }
}
