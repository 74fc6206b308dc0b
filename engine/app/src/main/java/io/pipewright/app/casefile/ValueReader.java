package io.pipewright.app.casefile;

import io.pipewright.definition.Literals;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.spi.record.KeptFields;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.yaml.BrokenNode;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarKind;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of fields as their types want them, in the classes that records hold; records are maps. What does not
 * fit is told, and null.
 */
final class ValueReader {

    private final DiagnosticCollector findings;

    ValueReader(DiagnosticCollector findings) {
        this.findings = findings;
    }

    /** Whether records of a type may have such a field, be it one of those that they keep. */
    static boolean mayHave(RecordType type, String name) {
        return type.indexOf(name) >= 0 || KeptFields.in(type);
    }

    /** The values of some fields of a record; of those that it keeps, what they would be in JSON. */
    Map<String, @Nullable Object> fields(MappingNode map, RecordType type) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (MappingNode.Entry entry : map.entries()) {
            Field field = type.field(entry.key()).orElse(null);
            if (field == null && KeptFields.in(type)) {
                values.put(entry.key(), plain(entry.value()));
            } else if (field == null) {
                findings.error(
                        "unknown-field",
                        entry.keySpan(),
                        "There is no field `" + entry.key() + "` in `" + type.name() + "`.",
                        Suggest.hint(entry.key(), "Fields", type.writtenNames()));
            } else {
                values.put(field.name(), field(field, entry.value()));
            }
        }
        return values;
    }

    /** A whole record: fields that may be null can be left out. */
    Map<String, @Nullable Object> record(MappingNode map, RecordType type) {
        Map<String, @Nullable Object> values = fields(map, type);
        Set<String> misspelt = misspelt(map, type);
        for (Field field : KeptFields.without(type).fields()) {
            if (!map.keys().contains(field.name())) {
                if (!field.nullable() && !misspelt.contains(field.name())) {
                    findings.error(
                            "missing-key",
                            map.span(),
                            "`" + field.name() + "` of `" + type.name() + "` is missing, and may not be null.",
                            "add `" + field.name() + ": …`, or write the message as it comes with `raw`.");
                }
                values.put(field.name(), null);
            }
        }
        return values;
    }

    /** The fields that were perhaps meant by keys that are none. */
    private static Set<String> misspelt(MappingNode map, RecordType type) {
        return map.keys().stream()
                .filter(key -> type.indexOf(key) < 0)
                .flatMap(key -> Suggest.nearest(key, type.writtenNames()).stream())
                .collect(Collectors.toSet());
    }

    private @Nullable Object field(Field field, Node node) {
        if (node instanceof ScalarNode scalar && scalar.isNull()) {
            if (!field.nullable()) {
                wrong(field, node);
            }
            return null;
        }
        return node instanceof BrokenNode ? null : value(field, field.type(), node);
    }

    private @Nullable Object value(Field field, DataType type, Node node) {
        if (type == Scalar.JSON) {
            return plain(node);
        }
        if (type instanceof RecordType record && node instanceof MappingNode map) {
            return record(map, record);
        }
        if (type instanceof ListType list && node instanceof SequenceNode items) {
            List<@Nullable Object> values = new ArrayList<>();
            items.items().forEach(item -> values.add(value(field, list.element(), item)));
            return values;
        }
        if (type instanceof MapType map && node instanceof MappingNode entries) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            entries.entries().forEach(entry -> values.put(entry.key(), value(field, map.value(), entry.value())));
            return values;
        }
        Optional<Object> value = type instanceof Scalar scalar && node instanceof ScalarNode text && !text.isNull()
                ? scalar(scalar, text)
                : Optional.empty();
        if (value.isEmpty()) {
            wrong(field, node);
        }
        return value.orElse(null);
    }

    private static Optional<Object> scalar(Scalar type, ScalarNode node) {
        boolean text = node.kind() == ScalarKind.STRING;
        return switch (type) {
            case STRING, JSON -> text ? Optional.of(node.text()) : Optional.empty();
            case BYTES -> text ? Optional.of(node.text().getBytes(StandardCharsets.UTF_8)) : Optional.empty();
            case BOOLEAN -> Optional.ofNullable(node.value()).filter(Boolean.class::isInstance);
            case INT -> whole(node, Integer.SIZE).map(BigInteger::intValue);
            case LONG -> whole(node, Long.SIZE).map(BigInteger::longValue);
            case DOUBLE -> Optional.ofNullable(node.value())
                    .filter(Number.class::isInstance)
                    .map(number -> ((Number) number).doubleValue());
            case DECIMAL -> decimal(node);
            case DATE -> date(node.text());
            case TIMESTAMP -> Moments.parse(node.text()).map(moment -> moment);
            case DURATION -> duration(node.text());
        };
    }

    private static Optional<BigInteger> whole(ScalarNode node, int bits) {
        return node.value() instanceof BigInteger number && number.bitLength() < bits
                ? Optional.of(number)
                : Optional.empty();
    }

    private static Optional<Object> decimal(ScalarNode node) {
        try {
            return Optional.of(Literals.decimal(node.text()));
        } catch (NumberFormatException | Literals.LiteralException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> duration(String text) {
        try {
            return Optional.of(Literals.duration(text));
        } catch (Literals.LiteralException e) {
            return Optional.empty();
        }
    }

    /** What a node is without a type. */
    private static @Nullable Object plain(Node node) {
        if (node instanceof MappingNode map) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            map.entries().forEach(entry -> values.put(entry.key(), plain(entry.value())));
            return values;
        }
        if (node instanceof SequenceNode list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.items().forEach(item -> values.add(plain(item)));
            return values;
        }
        return node instanceof ScalarNode scalar ? scalar.value() : null;
    }

    private void wrong(Field field, Node node) {
        boolean scalar = node instanceof ScalarNode;
        findings.error(
                "type-mismatch",
                node.span(),
                "`" + field.name() + "` is `" + field.text() + "` and cannot be "
                        + (scalar ? "`" + ((ScalarNode) node).text() + "`" : node.describe()) + ".",
                advice(field));
    }

    private static String advice(Field field) {
        if (!(field.type() instanceof Scalar scalar)) {
            return field.type() instanceof ListType ? "write a list: `[…]`." : "write a map: `{key: …}`.";
        }
        return switch (scalar) {
            case STRING, BYTES, JSON -> "write a text; one that looks like something else goes into quotes.";
            case BOOLEAN -> "write `true` or `false`.";
            case INT, LONG -> "write a whole number, such as `2`.";
            case DOUBLE, DECIMAL -> "write a number, such as `2.5`.";
            case DATE -> "write a day, such as `2025-01-31`.";
            case TIMESTAMP -> Moments.HINT;
            case DURATION -> "write a duration, such as `1m30s`.";
        };
    }
}
