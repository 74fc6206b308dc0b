package io.pipewright.stages.json;

import com.fasterxml.jackson.core.JsonToken;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object as a record in one pass: a tree of the declared paths is walked along with the parser.
 *
 * <p>Every declared field is checked, also those that the materialised type leaves out, so that whether a message is
 * malformed does not depend on what the pipeline does with it. A key on a declared path that occurs twice is malformed,
 * for no choice between its values would be right; other keys may occur as they like.
 */
final class ObjectReader {

    private static final byte NULL = 1;
    private static final byte PRESENT = 2;

    private final DeclaredRecord declared;
    private final boolean strict;
    private final Target[] targets;
    private final Node root;
    private final int nodes;
    private final int size;

    ObjectReader(DeclaredRecord declared, RecordType materialised) {
        this.declared = declared;
        this.strict = declared.unknown() == UnknownFields.MALFORMED;
        this.size = materialised.size();
        this.targets = new Target[declared.fields().size()];
        Counter counter = new Counter();
        this.root = new Node(counter.next());
        for (int i = 0; i < targets.length; i++) {
            DeclaredField field = declared.fields().get(i);
            int position = materialised.indexOf(field.field().name());
            if (position >= 0 && !materialised.fields().get(position).equals(field.field())) {
                throw new IllegalArgumentException("Field `" + field.field().name() + "` of `" + declared.name()
                        + "` is materialised as another type.");
            }
            targets[i] =
                    new Target(field, position, ValueReader.of(field.field().type(), field.format(), field.nested()));
            root.descend(field.path(), counter).targets.add(i);
        }
        this.nodes = counter.count;
        for (Field field : materialised.fields()) {
            if (declared.fields().stream().noneMatch(known -> known.field().equals(field))) {
                throw new IllegalArgumentException(
                        "Field `" + field.name() + "` is not declared in `" + declared.name() + "`.");
            }
        }
    }

    /** Reads the object that the parser stands on, up to its end. */
    DataRecord read(JsonInput in, @Nullable Origin origin) throws IOException, Refusal {
        if (in.parser.currentToken() != JsonToken.START_OBJECT) {
            throw ValueReader.wrong(in.parser, "an object");
        }
        Reading reading = new Reading(new Object[size], new byte[targets.length], new boolean[nodes]);
        readKeys(in, root, reading);
        for (int i = 0; i < targets.length; i++) {
            if (reading.found[i] != PRESENT && !targets[i].field.field().nullable()) {
                throw missing(targets[i], reading.found[i]);
            }
        }
        return new DataRecord(reading.values, origin);
    }

    private static Refusal missing(Target target, byte found) {
        String problem = found == NULL
                ? "must be " + ScalarReader.name(target.field.field().type()) + ", but is null"
                : "is missing";
        return Refusal.ofValue(Refusal.MISSING_FIELD, problem + target.place()).inside(target.name());
    }

    private void readKeys(JsonInput in, Node node, Reading reading) throws IOException, Refusal {
        String key = in.parser.nextFieldName();
        while (key != null) {
            Node child = node.children.get(key);
            JsonToken token = in.parser.nextToken();
            if (child == null) {
                if (strict) {
                    throw Refusal.ofValue(Refusal.UNKNOWN_FIELD, "is not declared in `" + declared.name() + "`")
                            .inside(key);
                }
                in.skip();
            } else {
                if (reading.seen[child.id]) {
                    throw Refusal.ofValue(Refusal.MALFORMED_JSON, "occurs twice")
                            .inside(key);
                }
                reading.seen[child.id] = true;
                readChild(in, key, child, token, reading);
            }
            key = in.parser.nextFieldName();
        }
    }

    private void readChild(JsonInput in, String key, Node child, JsonToken token, Reading reading)
            throws IOException, Refusal {
        if (token == JsonToken.VALUE_NULL) {
            for (int target : child.targets) {
                reading.found[target] = NULL;
            }
        } else if (child.children.isEmpty() && child.targets.size() == 1) {
            readTarget(in, child.targets.get(0), reading);
        } else {
            readShared(in, key, child, token, reading);
        }
    }

    /** Reads a value that several fields take, or that is itself a field and has others inside. */
    private void readShared(JsonInput in, String key, Node child, JsonToken token, Reading reading)
            throws IOException, Refusal {
        for (int target : child.targets) {
            readTarget(token.isStructStart() ? in.again() : in, target, reading);
        }
        if (child.children.isEmpty()) {
            in.skip();
        } else if (token == JsonToken.START_OBJECT) {
            readKeys(in, child, reading);
        } else {
            throw ValueReader.wrong(in.parser, "an object").inside(key);
        }
    }

    private void readTarget(JsonInput in, int index, Reading reading) throws IOException, Refusal {
        Target target = targets[index];
        try {
            Object value = target.reader.read(in);
            if (target.position >= 0) {
                reading.values[target.position] = value;
            }
            reading.found[index] = PRESENT;
        } catch (Refusal refusal) {
            throw refusal.inside(target.name());
        }
    }

    /** What one object has given so far: values, how each target was found, and the keys on declared paths. */
    private record Reading(@Nullable Object[] values, byte[] found, boolean[] seen) {}

    /** A declared field, where its value goes (or -1), and how it is read. */
    private record Target(DeclaredField field, int position, ValueReader reader) {

        String name() {
            return field.field().name();
        }

        /** Where it was looked for, if that is not its name. */
        String place() {
            String path = String.join(".", field.path());
            return path.equals(name()) ? "" : " (at `" + path + "`)";
        }
    }

    /** A key on declared paths. */
    private static final class Node {
        final int id;
        final Map<String, Node> children = new HashMap<>();
        final List<Integer> targets = new ArrayList<>(1);

        Node(int id) {
            this.id = id;
        }

        Node descend(List<String> path, Counter counter) {
            Node node = this;
            for (String key : path) {
                node = node.children.computeIfAbsent(key, added -> new Node(counter.next()));
            }
            return node;
        }
    }

    private static final class Counter {
        int count;

        int next() {
            return count++;
        }
    }
}
