package io.pipewright.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipewright.spi.type.Names;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What fields a record must have so that some JSON objects are read as it. Objects within objects become fields with a
 * path. A field that some object lacks, or has as null, is nullable. It is a guess: what no sample shows it cannot know.
 */
final class SampleRecord {

    /** Names that mean something in expressions. */
    private static final Set<String> TAKEN = Set.of("meta", "vars");

    /** Words that speak of time where they are the whole name. */
    private static final Set<String> MOMENTS =
            Set.of("at", "when", "created", "updated", "modified", "changed", "occurred", "started", "ended", "closed");

    private static final long MILLIS_OF_2010 = 1_262_304_000_000L;
    private static final long MILLIS_OF_2040 = 2_208_988_800_000L;
    private static final long MILLIS_OF_2000 = 946_684_800_000L;
    private static final long MILLIS_OF_2100 = 4_102_444_800_000L;

    /**
     * A field.
     *
     * @param type without the {@code ?}; {@code mixed} if no type fits all values, {@code objects} of lists of objects
     * @param format how timestamps are written, empty if as ISO-8601
     * @param guessed whether only its values say that it is a time, not its name
     * @param distinct how many different values were seen
     */
    record SampleField(
            String name, String path, String type, String format, boolean guessed, boolean nullable, int distinct) {
        String typeText() {
            return type + (nullable ? "?" : "");
        }
    }

    private static final class Seen {
        private final Set<String> types = new LinkedHashSet<>();
        private final Set<String> values = new HashSet<>();
        private int present;
    }

    private final Map<String, Seen> byPath = new LinkedHashMap<>();
    private int objects;

    void add(JsonNode object) {
        objects++;
        add("", object);
    }

    private void add(String prefix, JsonNode object) {
        object.fields().forEachRemaining(field -> {
            String path = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject() && !field.getKey().contains(".")) {
                add(path + ".", value);
                return;
            }
            Seen seen = byPath.computeIfAbsent(path, any -> new Seen());
            if (field.getKey().contains(".") || field.getKey().isEmpty()) {
                seen.types.add("mixed");
            } else if (!value.isNull()) {
                seen.present++;
                seen.types.add(type(field.getKey(), value));
                seen.values.add(value.asText());
            }
        });
    }

    private static String type(String key, JsonNode value) {
        if (value.isBoolean()) {
            return "boolean";
        } else if (value.isIntegralNumber()) {
            return value.canConvertToLong() ? integer(key, value.longValue()) : "mixed";
        } else if (value.isNumber()) {
            return "double";
        } else if (value.isTextual()) {
            return isTimestamp(value.asText()) ? "timestamp" : "string";
        } else if (value.isArray()) {
            Set<String> elements = new LinkedHashSet<>();
            value.forEach(element -> elements.add(
                    element.isObject()
                            ? "objects"
                            : element.isValueNode() && !element.isNull() ? type("", element) : "mixed"));
            String element = elements.isEmpty() ? "string" : common(elements);
            return Set.of("mixed", "objects").contains(element) ? element : "list<" + element + ">";
        }
        return "mixed";
    }

    /**
     * A number under a name that speaks of time, and of our century, is a time. Under another name it may be one if it
     * would be the milliseconds of a moment between 2010 and 2040, and is one if this holds for all values.
     */
    private static String integer(String key, long number) {
        String name = key.toLowerCase(Locale.ROOT);
        boolean time = name.contains("time")
                || name.endsWith("ts")
                || name.contains("date")
                || key.endsWith("At")
                || MOMENTS.contains(name);
        if (time && number >= MILLIS_OF_2000 && number < MILLIS_OF_2100) {
            return "millis";
        }
        if (time && number >= MILLIS_OF_2000 / 1000 && number < MILLIS_OF_2100 / 1000) {
            return "seconds";
        }
        boolean plausible = number >= MILLIS_OF_2010 && number < MILLIS_OF_2040;
        return plausible && !key.isEmpty() ? "plausible millis" : "long";
    }

    private static boolean isTimestamp(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static String common(Set<String> types) {
        if (types.size() == 1) {
            return types.iterator().next();
        } else if (Set.of("long", "millis", "seconds", "plausible millis").containsAll(types)) {
            return "long";
        } else if (Set.of("long", "millis", "seconds", "plausible millis", "double")
                .containsAll(types)) {
            return "double";
        }
        return Set.of("string", "timestamp").containsAll(types) ? "string" : "mixed";
    }

    /** The fields in the order in which they were first seen. */
    List<SampleField> fields() {
        List<SampleField> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        byPath.forEach((path, seen) -> {
            boolean object = byPath.keySet().stream().anyMatch(other -> other.startsWith(path + "."));
            if (object && seen.types.isEmpty() || isInsideValue(path)) {
                return;
            }
            seen.types.addAll(object ? Set.of("mixed") : Set.of());
            String type = seen.types.isEmpty() ? "string" : common(seen.types);
            boolean guessed = type.equals("plausible millis");
            boolean number = guessed || type.equals("millis") || type.equals("seconds");
            String name = name(path, names);
            names.add(name);
            fields.add(new SampleField(
                    name,
                    path,
                    number ? "timestamp" : type,
                    guessed ? "millis" : number ? type : "",
                    guessed,
                    seen.present < objects,
                    seen.values.size()));
        });
        return Collections.unmodifiableList(fields);
    }

    /** Whether a field around this one is no object in some sample, which is told of that field. */
    private boolean isInsideValue(String path) {
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            Seen around = byPath.get(path.substring(0, dot));
            if (around != null && !around.types.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static String name(String path, Set<String> taken) {
        StringBuilder text = new StringBuilder();
        for (String word : path.split("[^A-Za-z0-9_]+")) {
            boolean first = text.isEmpty();
            text.append(first || word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
            text.insert(0, "field");
        }
        boolean free = !Names.RESERVED.contains(text.toString()) && !TAKEN.contains(text.toString());
        String base = free ? text.toString() : text + "_";
        String name = base;
        for (int i = 2; taken.contains(name); i++) {
            name = base + i;
        }
        return name;
    }

    /** The field by whose values a count says most: a text with few different ones. */
    Optional<SampleField> group() {
        return fields().stream()
                .filter(field -> field.type().equals("string") && field.distinct() > 0)
                .filter(field -> !Set.of("windowStart", "windowEnd", "firing").contains(field.name()))
                .min((left, right) -> Integer.compare(left.distinct(), right.distinct()));
    }

    /** The field that says when an event happened: a timestamp, rather one that is always there, and is no guess. */
    Optional<SampleField> time() {
        return fields().stream()
                .filter(field -> field.type().equals("timestamp"))
                .min(Comparator.comparing(SampleField::nullable).thenComparing(SampleField::guessed));
    }
}
