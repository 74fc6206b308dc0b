package io.pipewright.spi.stage;

import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import java.util.Optional;

/** The key fields of two inputs whose records belong together where these are equal. */
public record PairedKeys(Side one, Side other) {

    /**
     * One of the inputs.
     *
     * @param name its key in the option {@code keyBy}, and what findings call it
     * @param fields as the author named them
     */
    public record Side(String name, List<String> fields, RecordType type) {

        public Side {
            fields = List.copyOf(fields);
        }

        private String path() {
            return "keyBy." + name;
        }
    }

    /**
     * Checks that both name as many fields, of the same types; what is wrong is reported.
     *
     * @param type of the stage, for findings
     * @param nullAllowed whether key fields may be nullable
     */
    public void check(String type, boolean nullAllowed, PlanContext in) {
        Optional<List<Field>> left = in.checkKey(one.fields, one.type, one.path(), nullAllowed);
        Optional<List<Field>> right = in.checkKey(other.fields, other.type, other.path(), nullAllowed);
        if (left.isEmpty() || right.isEmpty()) {
            return;
        }
        if (left.get().isEmpty()) {
            in.error(
                    "empty-list",
                    one.path(),
                    "`" + type + "` needs at least one key field.",
                    "name the field of `" + one.name + "` that says whom a record is about, and the one of `"
                            + other.name + "` that is equal to it.");
            return;
        }
        if (left.get().size() < one.fields.size() || right.get().size() < other.fields.size()) {
            return; // a field stands twice, which was told
        }
        if (left.get().size() != right.get().size()) {
            in.error(
                    "keys-differ",
                    "keyBy",
                    "`keyBy` names " + left.get().size() + (left.get().size() == 1 ? " field" : " fields") + " of `"
                            + one.name + "` and " + right.get().size() + " of `" + other.name + "`.",
                    "name as many of the one as of the other, in the same order.");
            return;
        }
        checkTypes(left.get(), right.get(), in);
    }

    private void checkTypes(List<Field> left, List<Field> right, PlanContext in) {
        for (int i = 0; i < left.size(); i++) {
            Field first = left.get(i);
            Field second = right.get(i);
            if (!first.type().equals(second.type())) {
                in.error(
                        "keys-differ",
                        other.path() + "[" + i + "]",
                        "`" + second.name() + "` is `" + second.type().text() + "`, but `" + first.name() + "` of `"
                                + one.name + "` is `" + first.type().text() + "`.",
                        "name fields of the same type, or declare one of the two with the type of the other.");
                return;
            }
        }
    }
}
