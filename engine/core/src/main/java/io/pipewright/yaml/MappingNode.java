package io.pipewright.yaml;

import io.pipewright.diagnostic.Span;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A map in the order of the file; keys are texts and differ from each other. */
public final class MappingNode implements Node {
    private final Map<String, Entry> byKey = new LinkedHashMap<>();
    private final List<Entry> entries;
    private final Span span;

    /**
     * One key with its value.
     *
     * @param keySpan the key's own text, with its quotes
     * @param again what stands under the same key further down, which was told
     */
    public record Entry(String key, Span keySpan, Node value, List<Entry> again) {
        public Entry {
            again = List.copyOf(again);
        }

        public Entry(String key, Span keySpan, Node value) {
            this(key, keySpan, value, List.of());
        }

        public Entry withValue(Node newValue) {
            return new Entry(key, keySpan, newValue, again);
        }

        public Entry withAgain(List<Entry> newAgain) {
            return new Entry(key, keySpan, value, newAgain);
        }

        /** This one and those under the same key. */
        public Stream<Entry> all() {
            return Stream.concat(Stream.of(this), again.stream());
        }
    }

    /** Throws {@link IllegalArgumentException} if two entries have one key: the reader has refused that before. */
    public MappingNode(Collection<Entry> entries, Span span) {
        for (Entry entry : entries) {
            if (byKey.put(entry.key(), entry) != null) {
                throw new IllegalArgumentException("Two entries have the key " + entry.key());
            }
        }
        this.entries = List.copyOf(entries);
        this.span = span;
    }

    public List<Entry> entries() {
        return entries;
    }

    /** The keys in the order of the file. */
    public Collection<String> keys() {
        return Collections.unmodifiableSet(byKey.keySet());
    }

    public Optional<Entry> entry(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    public Optional<Node> get(String key) {
        return entry(key).map(Entry::value);
    }

    /** The value's text if there is one and it is a scalar. */
    public Optional<String> text(String key) {
        return get(key).filter(ScalarNode.class::isInstance).map(value -> ((ScalarNode) value).text());
    }

    /** This map with an entry replaced, at its old place, or added at the end. */
    public MappingNode with(Entry entry) {
        Map<String, Entry> changed = new LinkedHashMap<>(byKey);
        changed.put(entry.key(), entry);
        return new MappingNode(changed.values(), span);
    }

    /** This map without a key. */
    public MappingNode without(String key) {
        Map<String, Entry> changed = new LinkedHashMap<>(byKey);
        changed.remove(key);
        return new MappingNode(changed.values(), span);
    }

    @Override
    public Span span() {
        return span;
    }

    @Override
    public String describe() {
        return "a map";
    }

    @Override
    public String toString() {
        return byKey.values().toString();
    }
}
