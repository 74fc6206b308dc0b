package io.pipewright.stages.json;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.KeptFields;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordJson;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object as a record in one pass: a tree of the declared paths is walked along with the cursor.
 *
 * <p>Every declared field is checked, also those that the materialised type leaves out, so that whether a message is
 * malformed does not depend on what the pipeline does with it. A key on a declared path that occurs twice is malformed,
 * for no choice between its values would be right; other keys may occur as they like,
 * unless they are kept.
 *
 * <p>What is kept of a key is its value as it was written, without line breaks; of an object that fields are taken out of by
 * their paths, the rest.
 */
final class ObjectReader {

    private final DeclaredRecord declared;
    private final boolean strict;
    private final boolean keeps;
    private final int keptPosition;
    private final Target[] targets;
    private final Node root;
    private final int size;

    /** The targets that may not be missing. */
    private final int[] required;

    /** Counts objects, so that nothing has to be cleared between them. */
    private long object;

    /** The object in which each target last had a value, in which each was last null, and in which each node was last seen. */
    private final long[] present;

    private final long[] absent;
    private final long[] seen;

    ObjectReader(DeclaredRecord declared, RecordType materialised) {
        this.declared = declared;
        this.strict = declared.unknown() == UnknownFields.MALFORMED;
        this.keeps = declared.unknown() == UnknownFields.KEEP;
        this.keptPosition = materialised.indexOf(KeptFields.NAME);
        this.size = materialised.size();
        this.targets = new Target[declared.fields().size()];
        Path tree = new Path();
        for (int i = 0; i < targets.length; i++) {
            DeclaredField field = declared.fields().get(i);
            int position = materialised.indexOf(field.field().name());
            if (position >= 0 && !materialised.fields().get(position).equals(field.field())) {
                throw new IllegalArgumentException("Field `" + field.field().name() + "` of `" + declared.name()
                        + "` is materialised as another type.");
            }
            targets[i] =
                    new Target(field, position, ValueReader.of(field.field().type(), field.format(), field.nested()));
            tree.descend(field.path()).targets.add(i);
        }
        Counter counter = new Counter();
        this.root = new Node(tree, counter);
        this.required = IntStream.range(0, targets.length)
                .filter(target -> !targets[target].field.field().nullable())
                .toArray();
        this.present = new long[targets.length];
        this.absent = new long[targets.length];
        this.seen = new long[counter.count];
        for (Field field : KeptFields.without(materialised).fields()) {
            if (declared.fields().stream().noneMatch(known -> known.field().equals(field))) {
                throw new IllegalArgumentException(
                        "Field `" + field.name() + "` is not declared in `" + declared.name() + "`.");
            }
        }
    }

    /** Reads the object that the cursor stands on; null after a refusal. */
    @Nullable
    DataRecord read(JsonCursor in, @Nullable Origin origin) {
        if (in.peek() != '{') {
            ValueReader.wrong(in, "an object");
            return null;
        }
        object++;
        @Nullable Object[] values = new Object[size];
        Map<String, String> kept = keeps ? new LinkedHashMap<>() : null;
        if (!readKeys(in, root, values, kept)) {
            return null;
        }
        for (int target : required) {
            if (present[target] != object) {
                in.refuse(missing(targets[target], absent[target] == object));
                return null;
            }
        }
        if (kept != null && keptPosition >= 0 && !kept.isEmpty()) {
            values[keptPosition] = Collections.unmodifiableMap(kept);
        }
        return new DataRecord(values, origin);
    }

    private static Refusal missing(Target target, boolean isNull) {
        String problem =
                isNull ? "must be " + ScalarReader.name(target.field.field().type()) + ", but is null" : "is missing";
        return Refusal.ofValue(Refusal.MISSING_FIELD, problem + target.place()).inside(target.name());
    }

    /** @param kept takes the keys that are not declared; null if nobody wants them */
    private boolean readKeys(JsonCursor in, Node node, @Nullable Object[] values, @Nullable Map<String, String> kept) {
        if (!in.open()) {
            return false;
        }
        ObjectKeys.Key<Node> key = node.keys.next(in, node.keys.first());
        while (key != null) {
            if (!readValue(in, key, values, kept)) {
                return false;
            }
            key = node.keys.next(in, key);
        }
        return in.refusal() == null;
    }

    private boolean readValue(
            JsonCursor in, ObjectKeys.Key<Node> key, @Nullable Object[] values, @Nullable Map<String, String> kept) {
        Node child = key.declared();
        if (child == null) {
            return kept == null ? passOver(in, key.name()) : keep(in, key.name(), kept);
        }
        if (seen[child.id] == object) {
            return in.refuse(
                    Refusal.ofValue(Refusal.MALFORMED_JSON, "occurs twice").inside(key.name()));
        }
        seen[child.id] = object;
        if (in.isNull()) {
            for (int target : child.targets) {
                absent[target] = object;
            }
            return in.literal("null");
        }
        return child.single >= 0
                ? readTarget(in, child.single, values)
                : readShared(in, key.name(), child, values, kept);
    }

    private boolean passOver(JsonCursor in, String key) {
        return strict
                ? in.refuse(Refusal.ofValue(Refusal.UNKNOWN_FIELD, "is not declared in `" + declared.name() + "`")
                        .inside(key))
                : in.skip();
    }

    private static boolean keep(JsonCursor in, String key, Map<String, String> kept) {
        String value = in.raw();
        if (value == null) {
            return false;
        }
        if (!ScalarReader.hasWholePairs(in, key)) {
            in.inside(key);
            return false;
        }
        // Texts have no line breaks but as escapes; between values they mean nothing, and would end a line of a file.
        boolean broken = value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0;
        return kept.put(key, broken ? value.replaceAll("[\\r\\n]", "") : value) == null
                || in.refuse(
                        Refusal.ofValue(Refusal.MALFORMED_JSON, "occurs twice").inside(key));
    }

    /** Reads a value that several fields take, or that is itself a field and has others inside. */
    private boolean readShared(
            JsonCursor in, String key, Node child, @Nullable Object[] values, @Nullable Map<String, String> kept) {
        int begin = in.position();
        for (int target : child.targets) {
            in.back(begin);
            if (!readTarget(in, target, values)) {
                return false;
            }
        }
        if (!child.inner) {
            return true;
        }
        in.back(begin);
        if (in.peek() != '{') {
            ValueReader.wrong(in, "an object");
            in.inside(key);
            return false;
        }
        if (kept == null || child.targets.length > 0) {
            return readKeys(in, child, values, null); // a field has all of it
        }
        Map<String, String> rest = new LinkedHashMap<>();
        if (!readKeys(in, child, values, rest)) {
            return false;
        }
        if (!rest.isEmpty()) {
            kept.put(key, RecordJson.object(rest));
        }
        return true;
    }

    private boolean readTarget(JsonCursor in, int index, @Nullable Object[] values) {
        Target target = targets[index];
        if (target.position < 0) {
            if (!target.reader.check(in)) {
                in.inside(target.name());
                return false;
            }
        } else {
            Object value = target.reader.read(in);
            if (value == null) {
                in.inside(target.name());
                return false;
            }
            values[target.position] = value;
        }
        present[index] = object;
        return true;
    }

    /** A declared field, where its value goes (or -1), and how it is read. */
    private static final class Target {
        final DeclaredField field;
        final int position;
        final ValueReader reader;

        Target(DeclaredField field, int position, ValueReader reader) {
            this.field = field;
            this.position = position;
            this.reader = reader;
        }

        String name() {
            return field.field().name();
        }

        /** Where it was looked for, if that is not its name. */
        String place() {
            String path = String.join(".", field.path());
            return path.equals(name()) ? "" : " (at `" + path + "`)";
        }
    }

    /** A key on declared paths, while they are put together. */
    private static final class Path {
        final Map<String, Path> children = new LinkedHashMap<>();
        final List<Integer> targets = new ArrayList<>(1);

        Path descend(List<String> path) {
            Path node = this;
            for (String key : path) {
                node = node.children.computeIfAbsent(key, added -> new Path());
            }
            return node;
        }
    }

    /** A key on declared paths. */
    private static final class Node {
        final int id;
        final boolean inner;
        final int[] targets;

        /** The one target of a key that has nothing inside, or -1. */
        final int single;

        final ObjectKeys<Node> keys = new ObjectKeys<>();

        Node(Path path, Counter counter) {
            this.id = counter.count++;
            this.inner = !path.children.isEmpty();
            this.targets = path.targets.stream().mapToInt(target -> target).toArray();
            this.single = !inner && targets.length == 1 ? targets[0] : -1;
            path.children.forEach((name, child) -> keys.declare(name, new Node(child, counter)));
        }
    }

    private static final class Counter {
        int count;
    }
}
