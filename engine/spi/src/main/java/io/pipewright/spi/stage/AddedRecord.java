package io.pipewright.spi.stage;

import io.pipewright.spi.type.Names;
import io.pipewright.spi.type.RecordType;

/** A record beside the one that a stage processes, which expressions call by a name that the author chooses. */
public final class AddedRecord {

    private AddedRecord() {}

    /**
     * Whether expressions can call it so, by the option {@code name}; what is wrong is reported.
     *
     * @param what it is, such as {@code the remembered record}
     * @param from the fields that expressions call by their bare names
     */
    public static boolean checkName(String name, String what, RecordType from, PlanContext in) {
        if (!Names.isIdentifier(name) || name.equals("vars") || name.equals("meta")) {
            in.error(
                    "invalid-name",
                    "name",
                    "`" + name + "` cannot be what expressions call " + what + ".",
                    "use letters, digits and `_`, with a letter first; not `vars` and not `meta`.");
            return false;
        }
        if (from.field(name).isPresent()) {
            in.error(
                    "duplicate-field",
                    "name",
                    "`" + name + "` is also a field of `from`, so an expression could mean either.",
                    "choose another name.");
            return false;
        }
        return true;
    }
}
