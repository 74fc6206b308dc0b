package io.pipewright.plan;

import io.pipewright.definition.Reading;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the fields that a {@code keyBy} names. */
record KeyCheck(RecordType type, boolean nullAllowed, Reading reading) {

    /** Types whose equality is not what an author would call equal, or that have none. */
    private static final Set<Scalar> NO_KEYS = Set.of(Scalar.DOUBLE, Scalar.BYTES, Scalar.JSON);

    /** The fields, each once; one that is unknown has a type that stands in for its own. */
    List<Field> check(List<String> names, String path, PlanContext in) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (names.indexOf(name) < i) {
                in.error(
                        "duplicate-field",
                        path + "[" + i + "]",
                        "`" + name + "` stands twice in the key.",
                        "remove one, or name another field.");
            } else {
                fields.add(check(name, path + "[" + i + "]", names, in));
            }
        }
        return fields;
    }

    private Field check(String name, String path, List<String> names, PlanContext in) {
        Optional<Field> found = type.field(name);
        if (found.isEmpty() && reading.isOpen(type)) {
            return reading.field(name);
        }
        if (found.isEmpty()) {
            String hint = Suggest.hint(name, "Fields", type.writtenNames());
            in.error("unknown-field", path, "`" + type.name() + "` has no field `" + name + "`.", hint);
            Optional<String> meant =
                    Suggest.nearest(name, type.writtenNames()).filter(nearest -> !names.contains(nearest));
            return reading.field(name, meant.flatMap(type::field));
        }
        Field field = found.get();
        if (!(field.type() instanceof Scalar scalar) || NO_KEYS.contains(scalar)) {
            in.error(
                    "bad-key",
                    path,
                    "A field of type `" + field.type().text() + "` cannot be a key.",
                    "keys are text, whole numbers, decimals, booleans, dates and times.");
        } else if (field.nullable() && !nullAllowed) {
            in.error(
                    "nullable-key",
                    path,
                    "`" + name + "` may be null, and a null cannot be a key here.",
                    "put a `filter` with `where: has(" + name + ")` and a `record` in front.");
        }
        return field;
    }
}
