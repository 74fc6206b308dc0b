package io.pipewright.stages.json;

import io.pipewright.stages.text.Utf8;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the keys of objects of one kind. Most messages have the keys of the message before, in the same order and with
 * the same white space, so what stood between two values last time, key and colon included, is compared first, as bytes;
 * only a surprise is read and looked up by name.
 *
 * @param <T> what a declared key stands for
 */
final class ObjectKeys<T> {

    /** How many keys that are not declared are remembered, so that made-up keys cannot fill the memory. */
    private static final int MOST_UNDECLARED = 64;

    /** How many bytes before a value are remembered, for the same reason. */
    private static final int MOST_WRITTEN = 256;

    private static final byte[] NOTHING = {};

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
        private final @Nullable T declared;

        /** The key that followed last time, and all that stood before its value. */
        private @Nullable Key<T> next;

        private byte[] written = NOTHING;

        private Key(String name, @Nullable T declared) {
            this.name = name;
            this.declared = declared;
        }

        String name() {
            return name;
        }

        /** What it stands for, or null where it is not declared. */
        @Nullable
        T declared() {
            return declared;
        }
    }

    void declare(String name, T meaning) {
        keys.put(name, new Key<>(name, meaning));
    }

    /** What comes before the first key of an object. */
    Key<T> first() {
        return before;
    }

    /**
     * Passes over what stands between a value and the next one, or before the first, and returns the next one's key; null
     * after the last, where the object is left, and after a refusal.
     */
    @Nullable
    Key<T> next(JsonCursor in, Key<T> last) {
        Key<T> expected = last.next;
        return expected != null && in.passes(last.written) ? expected : read(in, last);
    }

    private @Nullable Key<T> read(JsonCursor in, Key<T> last) {
        int begin = in.position();
        boolean another = last == before ? !in.closesAtOnce('}') : in.more('}');
        if (!another || !in.key()) {
            return null;
        }
        Key<T> key = named(in.text());
        if (!in.colon()) {
            return null;
        }
        byte[] written = in.since(begin);
        boolean kept = written.length <= MOST_WRITTEN && Utf8.firstInvalid(written) < 0;
        last.next = kept ? key : null;
        last.written = kept ? written : NOTHING;
        return key;
    }

    private Key<T> named(String name) {
        Key<T> key = keys.get(name);
        if (key == null) {
            key = new Key<>(name, null);
            if (undeclared < MOST_UNDECLARED) {
                undeclared++;
                keys.put(name, key);
            }
        }
        return key;
    }
}
