package io.pipewright.app.casefile;

import io.pipewright.definition.Literals;
import io.pipewright.yaml.YamlWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes rows as a case has them. */
final class RowText {

    private RowText() {}

    /** A row with all its fields but those that are null. */
    static String row(Map<String, ?> row) {
        return map(row.entrySet().stream()
                .filter(field -> field.getValue() != null)
                .map(field -> entry(field.getKey(), field.getValue()))
                .toList());
    }

    /** A row with some of its fields; all of them if none are named. */
    static String row(Map<String, ?> row, List<String> fields) {
        return fields.isEmpty()
                ? row(row)
                : map(fields.stream().map(name -> entry(name, row.get(name))).toList());
    }

    static String value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map(map.entrySet().stream()
                    .map(field -> entry(String.valueOf(field.getKey()), field.getValue()))
                    .toList());
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RowText::value).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value == null || value instanceof Boolean) {
            return String.valueOf(value);
        }
        if (value instanceof Instant moment) {
            return Moments.text(moment);
        }
        if (value instanceof Duration duration) {
            return Literals.text(duration);
        }
        return value instanceof Number number ? number(number) : YamlWriter.text(text(value));
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
    }

    private static String number(Number number) {
        if (number instanceof Double value && !Double.isFinite(value)) {
            return Double.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
        }
        return number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString();
    }

    private static String entry(String name, @Nullable Object value) {
        return YamlWriter.text(name) + ": " + value(value);
    }

    private static String map(List<String> entries) {
        return "{" + String.join(", ", entries) + "}";
    }
}
