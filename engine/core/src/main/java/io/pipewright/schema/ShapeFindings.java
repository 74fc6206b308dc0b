package io.pipewright.schema;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarKind;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what is wrong at a place in the author's words. */
final class ShapeFindings {

    /** Options of other tools' tutorials, and what does the same here. */
    private static final Map<String, String> FOREIGN = Map.of(
            "setBatchSize", "writes are not batched; `maxInFlight` bounds how many are under way.",
            "batchSize", "writes are not batched; `maxInFlight` bounds how many are under way.",
            "setFlushInterval", "writes are sent at once and finished at each checkpoint: `runtime.checkpoint.every`.",
            "flushInterval", "writes are sent at once and finished at each checkpoint: `runtime.checkpoint.every`.",
            "maxEventsPerSecond", "write `rateLimit: 500/s` at the source.");

    private final DiagnosticCollector problems;
    private final Mistakes mistakes;

    ShapeFindings(DiagnosticCollector problems, Mistakes mistakes) {
        this.problems = problems;
        this.mistakes = mistakes;
    }

    /** Reports the unknown and the missing keys of a map. */
    void keys(Form.Fields form, Place place) {
        MappingNode node = (MappingNode) place.node();
        Set<String> missing = form.required();
        missing.removeAll(node.keys());
        for (MappingNode.Entry entry : node.entries()) {
            if (!form.fields().containsKey(entry.key())) {
                unknown(form, entry);
                mistakes.unknown(node, entry, form.fields().keySet());
                Suggest.nearest(entry.key(), form.fields().keySet()).ifPresent(missing::remove);
            }
        }
        if (!missing.isEmpty()) {
            missing(form, place, missing);
            missing.forEach(key -> mistakes.missing(node, key, place.key()));
        }
    }

    private void unknown(Form.Fields form, MappingNode.Entry entry) {
        String key = entry.key();
        problems.error(
                form.options() ? "unknown-option" : "unknown-key",
                entry.keySpan(),
                "`" + key + "` is not " + (form.options() ? "an option" : "a key") + " of " + form.owner() + ".",
                hint(form, key));
    }

    private static String hint(Form.Fields form, String key) {
        String foreign = FOREIGN.get(key);
        if (foreign != null) {
            return foreign;
        }
        boolean noFrom = form.fields().containsKey("uid") && !form.fields().containsKey("from");
        if (key.equals("from") && noFrom) {
            return namedInputs(form)
                    .map(inputs -> "its inputs are those that `" + inputs + "` names.")
                    .orElse("a source reads from outside; stages and sinks say `from`.");
        }
        return Suggest.hint(
                key, form.options() ? "Options" : "Keys", form.fields().keySet());
    }

    /** The option of an entry that names its inputs. */
    private static Optional<String> namedInputs(Form.Fields form) {
        Form ports = new Form.Entries(new Form.Value(OptionShape.Leaf.PORT));
        return form.fields().entrySet().stream()
                .filter(field -> field.getValue().form().equals(ports))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void missing(Form.Fields form, Place place, Collection<String> missing) {
        List<String> hints = form.fields().entrySet().stream()
                .filter(field -> missing.contains(field.getKey()))
                .map(field -> "`" + field.getKey() + "`: " + field.getValue().doc())
                .toList();
        problems.error(
                form.options() ? "missing-option" : "missing-key",
                place.key(),
                capital(form.owner()) + " needs " + names(missing) + ".",
                "add " + String.join(" ", hints));
    }

    /** Reports a value that is not what its form wants. */
    void value(Form form, Place place) {
        Node node = place.node();
        mistakes.broken(node);
        if (place.isNull()) {
            noValue(place, form instanceof Form.Choice choice ? "write " + wanted(choice) + "." : "write one.");
        } else if (form instanceof Form.Choice choice && node instanceof ScalarNode scalar) {
            problems.error(
                    "bad-value",
                    node.span(),
                    "`" + place.name() + "` cannot be `" + scalar.text() + "`.",
                    Suggest.hint(scalar.text(), "Values", choice.values()));
        } else {
            problems.error(
                    "wrong-kind",
                    node.span(),
                    "`" + place.name() + "` takes " + wanted(form) + " here, not " + described(node) + ".",
                    advice(form, place));
        }
    }

    /** Reports a block with nothing behind its colon. */
    void noValue(Form.Fields.Field field, Place place) {
        boolean standsAlone =
                field.form() instanceof Form.Fields block && block.required().isEmpty();
        String one = standsAlone ? "write `" + place.name() + ": {}` for its defaults" : "write one";
        noValue(place, field.required() ? one + "." : one + ", or remove the key.");
    }

    void noValue(Place place, String hint) {
        mistakes.broken(place.node());
        problems.error("missing-option", place.key(), "`" + place.name() + "` has no value.", hint);
    }

    /** Reports a map that does not say which type it is. */
    void noType(Form.Typed form, Place place) {
        mistakes.missing(place.node(), "type", place.key());
        problems.error(
                "missing-option",
                place.key(),
                "`" + place.name() + "` needs a `type`.",
                "types: " + String.join(", ", form.types()) + ".");
    }

    void unknownType(Form.Typed form, ScalarNode type) {
        mistakes.broken(type);
        Form.Typed.Elsewhere elsewhere = form.elsewhere()
                .apply(type.text())
                .orElseGet(() -> new Form.Typed.Elsewhere(
                        form.code(),
                        "`" + type.text() + "` is not a type of " + form.what() + ".",
                        Suggest.hint(type.text(), "Types", form.types())));
        problems.error(elsewhere.code(), type.span(), elsewhere.message(), elsewhere.hint());
    }

    private static String described(Node node) {
        boolean noJsonNumber = node instanceof ScalarNode scalar
                && scalar.value() instanceof Double number
                && !Double.isFinite(number);
        return noJsonNumber ? "`" + ((ScalarNode) node).text() + "`" : node.describe();
    }

    private static String wanted(Form form) {
        if (form instanceof Form.Value value) {
            return wanted(value.leaf());
        } else if (form instanceof Form.Choice choice) {
            return "one of " + names(choice.values());
        } else if (form instanceof Form.Items) {
            return "a list";
        } else if (form instanceof Form.TextOrTexts) {
            return "a text or a list of texts";
        }
        return form instanceof Form.TypeOrBlock ? "a type or a map" : "a map";
    }

    private static String wanted(OptionShape.Leaf leaf) {
        return switch (leaf) {
            case STRING, SECRET -> "a text";
            case BOOLEAN -> "a boolean";
            case INT, LONG -> "an integer";
            case DOUBLE -> "a number";
            case DURATION -> "a duration";
            case DIFFERENCE -> "a duration, also a negative one";
            case RATE -> "a rate";
            case SIZE -> "a size";
            case TIMES -> "a number of times";
            case TIMESTAMP -> "a time";
            case EXPRESSION -> "an expression";
            case PORT -> "the name of an entry or a port";
            case RECORD -> "the name of a record";
            case CONNECTION -> "the name of a connection";
            case FILE -> "the name of a file";
        };
    }

    private static String advice(Form form, Place place) {
        if (form instanceof Form.Items && place.node() instanceof ScalarNode scalar) {
            return "write `" + place.name() + ": [" + scalar.span().text() + "]`.";
        }
        if (form instanceof Form.Value value && place.node() instanceof ScalarNode scalar) {
            return advice(value.leaf(), scalar);
        }
        if (form instanceof Form.Entries && place.node() instanceof SequenceNode list) {
            return "write each entry without a dash, under its id: `" + firstId(list) + ":`.";
        }
        if (form instanceof Form.Value) {
            return "write one value, without a key, brackets or dashes.";
        }
        return form instanceof Form.Items
                ? "write `" + place.name() + ": […]`, or a line with a dash for each item."
                : "write `" + place.name() + ": {" + shape(form, place.node()) + "}`.";
    }

    /** What the first item of a list is called where entries with ids are wanted. */
    private static String firstId(SequenceNode list) {
        return list.items().stream()
                .findFirst()
                .filter(MappingNode.class::isInstance)
                .map(MappingNode.class::cast)
                .flatMap(item -> item.text("id").or(() -> item.text("name")))
                .orElse("id");
    }

    /** What stands in the braces of a map; of a value that was written without them, the one key that it needs. */
    private static String shape(Form form, Node written) {
        if (form instanceof Form.Typed typed) {
            boolean type = written instanceof ScalarNode scalar && typed.types().contains(scalar.text());
            return "type: " + (type ? ((ScalarNode) written).text() : "…") + ", …";
        }
        if (form instanceof Form.Fields fields
                && fields.required().size() == 1
                && written instanceof ScalarNode scalar
                && scalar.span().line() == scalar.span().endLine()) {
            return String.join("", fields.required()) + ": " + scalar.span().text();
        }
        if (form instanceof Form.Fields fields && !fields.required().isEmpty()) {
            return String.join(": …, ", fields.required()) + ": …";
        }
        return "key: …";
    }

    private static String advice(OptionShape.Leaf leaf, ScalarNode scalar) {
        boolean quotedNumber = ScalarNode.plain(scalar.text(), scalar.span()).kind() != ScalarKind.STRING;
        if (scalar.kind() == ScalarKind.STRING && quotedNumber) {
            return "write it without quotes: `" + scalar.text() + "`.";
        }
        return leaf == OptionShape.Leaf.BOOLEAN ? "write `true` or `false`." : "write for example `2`.";
    }

    private static String names(Collection<String> names) {
        List<String> quoted = new LinkedHashSet<>(names)
                .stream().map(name -> "`" + name + "`").toList();
        int last = quoted.size() - 1;
        return last < 1
                ? String.join("", quoted)
                : quoted.subList(0, last).stream().collect(Collectors.joining(", ")) + " and " + quoted.get(last);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
