package io.pipewright.stages.json;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the keys of objects of one kind. Most messages have the keys of the message before, in the same order, so
 * the key that followed last time is compared first; only a surprise is looked up by name.
 *
 * @param <T> what a declared key stands for
 */
final class ObjectKeys<T> {

    /** How many keys that are not declared are remembered, so that made-up keys cannot fill the memory. */
    private static final int MOST_UNDECLARED = 64;

    private final Map<String, Key<T>> keys = new HashMap<>();
    private final Key<T> before = new Key<>("", null);
    private int undeclared;

    /**
     * A key of an object.
     *
     * @param <T> what a declared key stands for
     */
    static final class Key<T> {
        private final String name;
        private final byte @Nullable [] written;
        private final @Nullable T declared;
        private @Nullable Key<T> next;

        private Key(String name, @Nullable T declared) {
            this.name = name;
            this.declared = declared;
            this.written = isPlain(name) ? (name + '"').getBytes(StandardCharsets.UTF_8) : null;
        }

        String name() {
            return name;
        }

        /** What it stands for, or null where it is not declared. */
        @Nullable
        T declared() {
            return declared;
        }

        /** Whether the key can be written without escapes; only then its bytes are compared. */
        private static boolean isPlain(String name) {
            return name.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate((char) c));
        }
    }

    void declare(String name, T meaning) {
        keys.put(name, new Key<>(name, meaning));
    }

    /** What comes before the first key of an object. */
    Key<T> first() {
        return before;
    }

    /** Passes over a key and its colon, {@code last} being the one before it; null after a refusal. */
    @Nullable
    Key<T> next(JsonCursor in, Key<T> last) {
        Key<T> expected = last.next;
        if (expected != null && expected.written != null && in.passes(expected.written)) {
            return in.colon() ? expected : null;
        }
        if (!in.key()) {
            return null;
        }
        String name = in.text();
        Key<T> key = keys.get(name);
        if (key == null) {
            key = new Key<>(name, null);
            if (undeclared < MOST_UNDECLARED) {
                undeclared++;
                keys.put(name, key);
            }
        }
        last.next = key;
        return in.colon() ? key : null;
    }
}
