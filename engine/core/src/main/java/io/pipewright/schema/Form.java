package io.pipewright.schema;

import io.pipewright.diagnostic.Suggest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may be written at a place of a document: the options of plugins and the envelope around them in one shape, from
 * which both the JSON Schema and the texts of findings are made.
 */
sealed interface Form {

    /** A scalar that is read as something. */
    record Value(OptionShape.Leaf leaf) implements Form {}

    /**
     * One of some names.
     *
     * @param references whether {@code ${...}} may stand for the name
     */
    record Choice(List<String> values, boolean references) implements Form {
        public Choice {
            values = List.copyOf(values);
        }
    }

    /** A list; also one scalar with a reference, which stands for a list. */
    record Items(Form element) implements Form {}

    /** One text or a list of texts, as {@code from} is. */
    record TextOrTexts() implements Form {}

    /** A map whose keys the author chooses. */
    record Entries(Form value) implements Form {}

    /** The type of a field, or the block that says more than the type. */
    record TypeOrBlock(Fields block) implements Form {}

    /**
     * A map with known keys.
     *
     * @param owner how findings call it, with back-ticks where the author named it
     * @param options whether its keys are called options; else they are keys
     * @param fields by key, in the order in which they are listed
     */
    record Fields(String owner, boolean options, Map<String, Field> fields) implements Form {

        /**
         * A key: what may stand there, and what it means in words for the author.
         *
         * @param defaultText its value if absent, as an author would write it; null if it has none
         */
        record Field(Form form, boolean required, String doc, @Nullable String defaultText) {

            Field(Form form, boolean required, String doc) {
                this(form, required, doc, null);
            }
        }

        /** The keys that must be there. */
        Set<String> required() {
            return fields.entrySet().stream()
                    .filter(field -> field.getValue().required())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        /** Whether each of some keys is one of these or is near one, and all that must be there are among them. */
        boolean areMeantBy(Collection<String> keys) {
            Set<String> missing = required();
            for (String key : keys) {
                Optional<String> known = Suggest.nearest(key, fields.keySet());
                if (known.isEmpty()) {
                    return false;
                }
                missing.remove(known.get());
            }
            return missing.isEmpty();
        }

        /** These keys after some others. */
        Fields after(Map<String, Field> first) {
            Map<String, Field> all = new LinkedHashMap<>(first);
            all.putAll(fields);
            return new Fields(owner, options, all);
        }

        /** These keys before some others. */
        Fields before(Map<String, Field> last) {
            Map<String, Field> all = new LinkedHashMap<>(fields);
            last.forEach(all::putIfAbsent);
            return new Fields(owner, options, all);
        }
    }

    /**
     * A map with the keys of one that stands around it.
     *
     * @param name of what has these keys, for the JSON Schema
     * @param fields the keys; made once, when they are asked for
     */
    record Again(String name, Supplier<Fields> fields) implements Form {
        public Again {
            Supplier<Fields> maker = fields;
            Map<String, Fields> made = new ConcurrentHashMap<>();
            fields = () -> made.computeIfAbsent("", none -> maker.get());
        }
    }

    /**
     * A map whose {@code type} says which keys it has. The choice is made in Java and not by {@code oneOf}, which
     * answers one slip of the pen with the complaints of every branch.
     *
     * @param what the thing of which this is a type, such as {@code stage} or {@code format}
     * @param code of the finding about a type that does not exist
     * @param types the types that exist
     * @param summaryOf what a type that exists does, in a sentence; empty if nothing says so
     * @param fieldsOf the keys of a type that exists, {@code type} among them; made once for each type
     * @param elsewhere what is said of a name that is no type here, but is one somewhere else
     */
    record Typed(
            String what,
            String code,
            Collection<String> types,
            UnaryOperator<String> summaryOf,
            Function<String, Fields> fieldsOf,
            Function<String, Optional<Elsewhere>> elsewhere)
            implements Form {
        public Typed {
            Function<String, Fields> maker = fieldsOf;
            Map<String, Fields> made = new ConcurrentHashMap<>();
            fieldsOf = type -> made.computeIfAbsent(type, maker);
        }

        /**
         * The keys of the type that is meant by a name that is none: of the only one that is near, and only if the keys
         * of the map are its keys, misspelt ones included, and none is missing. What is then wrong with the map is wrong
         * whatever else the author changes.
         */
        Optional<Fields> meant(String name, Collection<String> keys) {
            Optional<String> near = Suggest.nearest(name, types);
            List<String> others = types.stream()
                    .filter(type -> !near.equals(Optional.of(type)))
                    .toList();
            if (Suggest.nearest(name, others).isPresent()) {
                return Optional.empty();
            }
            return near.map(fieldsOf).filter(fields -> fields.areMeantBy(keys));
        }

        /** A finding about a type that is one of something else. */
        record Elsewhere(String code, String message, String hint) {}
    }
}
