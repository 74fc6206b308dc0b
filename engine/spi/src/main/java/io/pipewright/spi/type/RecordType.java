package io.pipewright.spi.type;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The type of a record: its fields in order, which is also the order of the values in a {@link
 * io.pipewright.spi.record.DataRecord}.
 *
 * <p>The planner narrows a type to the fields that something downstream reads ({@link #project}); a type with all its
 * fields is called logical, a narrowed one physical. Two types are assignable when their fields are equal; the name is
 * for messages.
 */
public record RecordType(String name, List<Field> fields) implements DataType {

    public RecordType {
        fields = List.copyOf(fields);
        Set<String> names = new LinkedHashSet<>();
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw new IllegalArgumentException("Record `" + name + "` has two fields `" + field.name() + "`.");
            }
        }
    }

    public static RecordType of(String name, Field... fields) {
        return new RecordType(name, List.of(fields));
    }

    public int size() {
        return fields.size();
    }

    /** The position of a field, or -1. */
    public int indexOf(String field) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(field)) {
                return i;
            }
        }
        return -1;
    }

    /** The position of a field that the caller knows to be there. */
    public int position(String field) {
        int index = indexOf(field);
        if (index < 0) {
            throw new IllegalArgumentException("No field `" + field + "` in " + this + ".");
        }
        return index;
    }

    public Optional<Field> field(String field) {
        int index = indexOf(field);
        return index < 0 ? Optional.empty() : Optional.of(fields.get(index));
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** The names that an author can write; the engine gives fields of its own others. */
    public List<String> writtenNames() {
        return names().stream()
                .filter(name -> name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_'))
                .toList();
    }

    /** This type with the given fields alone, in this type's order; names that it does not have are ignored. */
    public RecordType project(Collection<String> names) {
        return new RecordType(
                name,
                fields.stream().filter(field -> names.contains(field.name())).toList());
    }

    /** This type with one more field at the end, or with the field of that name replaced in its place. */
    public RecordType with(Field added) {
        List<Field> all = new ArrayList<>(fields);
        int index = indexOf(added.name());
        if (index < 0) {
            all.add(added);
        } else {
            all.set(index, added);
        }
        return new RecordType(name, all);
    }

    public RecordType named(String newName) {
        return new RecordType(newName, fields);
    }

    /** Whether a record of this type is one of {@code other} as it stands: the same fields in the same order. */
    public boolean sameLayout(RecordType other) {
        return fields.equals(other.fields);
    }

    @Override
    public String text() {
        return name;
    }

    // By hand, here and in what else every start of a command compares: the JVM links what a record is given only when
    // it is first called, in a millisecond.
    @Override
    public boolean equals(Object other) {
        return other instanceof RecordType record && name.equals(record.name) && fields.equals(record.fields);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + fields.hashCode();
    }

    @Override
    public String toString() {
        List<String> parts =
                fields.stream().map(f -> f.name() + ": " + f.text()).toList();
        return name + "{" + String.join(", ", parts) + "}";
    }
}
