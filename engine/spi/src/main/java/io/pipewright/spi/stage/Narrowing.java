package io.pipewright.spi.stage;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.KeptFields;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record of a narrower type: a subset of the fields, of which some may no longer be null.
 *
 * <p>What can be known is checked when the pipeline is planned ({@link #check}); whether the fields in {@link
 * #required} really have values is found per record ({@link Narrower#missing}), whether or not anything reads them.
 *
 * @param required fields that may be null in {@code from} and may not in {@code to}
 */
public record Narrowing(RecordType from, RecordType to, List<String> required) implements Serializable {

    /** The code of a record that cannot be narrowed. */
    public static final String CANNOT_NARROW = "cannot-narrow";

    public Narrowing {
        required = List.copyOf(required);
    }

    /** No narrowing at all. */
    public static Narrowing none(RecordType type) {
        return new Narrowing(type, type, List.of());
    }

    /**
     * The narrowing of {@code from} to {@code target}, which has to have no other fields, each of the same type; what {@code
     * from} lacks is reported. Unknown fields go on if both keep them; what is left out of {@code from} does not join them.
     */
    public static Narrowing check(RecordType from, RecordType target, String optionPath, PlanContext in) {
        RecordType to = KeptFields.in(from) ? target : KeptFields.without(target);
        List<String> unknown = new ArrayList<>();
        List<String> differing = new ArrayList<>();
        List<String> required = new ArrayList<>();
        for (Field wanted : to.fields()) {
            Field given = from.field(wanted.name()).orElse(null);
            if (given == null) {
                unknown.add("`" + wanted.name() + "`");
            } else if (!given.type().equals(wanted.type())) {
                differing.add("`" + wanted.name() + "` is `" + given.text() + "` there and `" + wanted.text() + "` in `"
                        + to.name() + "`");
            } else if (given.nullable() && !wanted.nullable()) {
                required.add(wanted.name());
            }
        }
        if (unknown.isEmpty() && differing.isEmpty()) {
            return new Narrowing(from, to, required);
        }
        String problem = unknown.isEmpty()
                ? String.join(", ", differing)
                : "the input has no field " + String.join(", ", unknown)
                        + (differing.isEmpty() ? "" : ", and " + String.join(", ", differing));
        in.error(
                CANNOT_NARROW,
                optionPath,
                "`" + from.name() + "` cannot be narrowed to `" + to.name() + "`: " + problem + ".",
                "the input has the fields " + String.join(", ", from.writtenNames()) + ".");
        return new Narrowing(from, to, required);
    }

    /** The fields needed of {@code from} when these fields of {@code to} are read. */
    public Set<String> fieldsRead(Set<String> readOfTarget) {
        Set<String> read = new LinkedHashSet<>(readOfTarget);
        read.addAll(required);
        return read;
    }

    /** Binds the narrowing to the layouts that the records really have. */
    public Narrower bind(RecordType physicalFrom, RecordType physicalTo) {
        return new Narrower(this, physicalFrom, physicalTo);
    }

    /** A narrowing bound to two layouts. */
    public static final class Narrower {

        private final List<String> names;
        private final int[] required;
        private final int[] positions;
        private final boolean identity;

        private Narrower(Narrowing narrowing, RecordType from, RecordType to) {
            names = narrowing.required;
            required = names.stream().mapToInt(from::position).toArray();
            positions = to.names().stream().mapToInt(from::position).toArray();
            identity = from.names().equals(to.names());
        }

        /** Why this record cannot be narrowed, naming the fields; null if it can. */
        public @Nullable String missing(DataRecord record) {
            for (int position : required) {
                if (record.get(position) == null) {
                    return reason(record);
                }
            }
            return null;
        }

        private String reason(DataRecord record) {
            List<String> empty = new ArrayList<>();
            for (int i = 0; i < required.length; i++) {
                if (record.get(required[i]) == null) {
                    empty.add("`" + names.get(i) + "`");
                }
            }
            return String.join(", ", empty) + (empty.size() == 1 ? " is" : " are") + " null or missing.";
        }

        /** The narrowed record; the same object where nothing changes. */
        public DataRecord narrow(DataRecord record) {
            return identity ? record : record.project(positions);
        }
    }
}
