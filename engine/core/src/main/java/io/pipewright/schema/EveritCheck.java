package io.pipewright.schema;

import io.pipewright.yaml.BrokenNode;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.json.JSONArray;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * Asks the JSON Schema library which places of a value break the schema of its form. Only the places are taken from its
 * answer: what is wrong there is said in words of ours.
 */
final class EveritCheck {

    /**
     * A place that breaks the schema.
     *
     * @param path keys and indices that lead to it from the checked value
     * @param keys whether its keys are wrong: some are unknown or missing; else the value itself is
     */
    record Violation(List<String> path, boolean keys) {
        Violation {
            path = List.copyOf(path);
        }
    }

    /** A letter without a meaning, which stands for the sign of {@link #ESCAPED} whose index follows. */
    private static final char MARK = '\ue000';

    private static final String ESCAPED = "~/\\\"" + MARK;

    /** By identity, each made when it is first asked: equal forms of different places are few, and comparing is slow. */
    private final Map<Form, Schema> schemas = Collections.synchronizedMap(new IdentityHashMap<>());

    /** The places that break the form, each once. */
    Set<Violation> violations(Form form, Node node) {
        Set<Violation> found = new LinkedHashSet<>();
        try {
            schemas.computeIfAbsent(form, StructureSchema::of).validate(json(form, node));
        } catch (ValidationException e) {
            collect(e, found);
        }
        return found;
    }

    private static void collect(ValidationException violation, Set<Violation> found) {
        List<ValidationException> causes = violation.getCausingExceptions();
        if (isAlternative(violation)) {
            causes = causes.stream()
                    .filter(cause -> !isOfOtherType(cause, violation))
                    .toList();
        }
        if (causes.isEmpty()) {
            String keyword = violation.getKeyword();
            boolean keys = "additionalProperties".equals(keyword) || "required".equals(keyword);
            found.add(new Violation(path(violation.getPointerToViolation()), keys));
        } else {
            causes.forEach(cause -> collect(cause, found));
        }
    }

    private static boolean isAlternative(ValidationException violation) {
        return "anyOf".equals(violation.getKeyword());
    }

    /** Whether an alternative failed because the value is of another type; then it is not what the author meant. */
    private static boolean isOfOtherType(ValidationException cause, ValidationException alternatives) {
        return ("type".equals(cause.getKeyword())
                        || "allOf".equals(cause.getKeyword())) // as StructureSchema has scalars
                && cause.getPointerToViolation().equals(alternatives.getPointerToViolation());
    }

    private static List<String> path(String pointer) {
        List<String> tokens =
                Stream.of(pointer.split("/", -1)).map(EveritCheck::unmarked).toList();
        return tokens.subList(1, tokens.size());
    }

    /** A key without the signs that the library escapes in a pointer: it does so again at each level on the way out. */
    private static String marked(String key) {
        StringBuilder marked = null;
        for (int i = 0; i < key.length(); i++) {
            int at = ESCAPED.indexOf(key.charAt(i));
            if (at >= 0 && marked == null) {
                marked = new StringBuilder().append(key, 0, i);
            }
            if (marked != null && at < 0) {
                marked.append(key.charAt(i));
            } else if (marked != null) {
                marked.append(MARK).append(at);
            }
        }
        return marked == null ? key : marked.toString();
    }

    private static String unmarked(String token) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < token.length(); i++) {
            char sign = token.charAt(i);
            key.append(sign == MARK ? ESCAPED.charAt(token.charAt(++i) - '0') : sign);
        }
        return key.toString();
    }

    /**
     * A YAML value as the library wants it, as far as {@link StructureSchema} looks into it; keys whose value is broken are
     * left out.
     *
     * @param form null where the value is not looked at
     */
    private static Object json(@Nullable Form form, Node node) {
        if (node instanceof MappingNode mapping) {
            JSONObject object = new JSONObject();
            boolean known = form instanceof Form.Fields || form instanceof Form.Entries;
            for (MappingNode.Entry entry : known ? mapping.entries() : List.<MappingNode.Entry>of()) {
                if (!(entry.value() instanceof BrokenNode)) {
                    object.put(marked(entry.key()), json(below(form, entry.key()), entry.value()));
                }
            }
            return object;
        } else if (node instanceof SequenceNode sequence) {
            boolean known = form instanceof Form.Items || form instanceof Form.TextOrTexts;
            List<Object> items = new ArrayList<>();
            for (Node item : known ? sequence.items() : List.<Node>of()) {
                items.add(json(below(form, ""), item));
            }
            return new JSONArray(items);
        }
        ScalarNode scalar = (ScalarNode) node;
        @Nullable Object value = scalar.value();
        if (value == null) {
            return JSONObject.NULL;
        }
        boolean inJson = !(value instanceof Double number) || Double.isFinite(number);
        return inJson ? value : scalar.text();
    }

    private static @Nullable Form below(@Nullable Form form, String key) {
        if (form instanceof Form.Fields fields) {
            Form.Fields.Field field = fields.fields().get(key);
            return field == null ? null : field.form();
        } else if (form instanceof Form.Entries entries) {
            return entries.value();
        }
        return form instanceof Form.Items items ? items.element() : null;
    }
}
