package io.pipewright.app.casefile;

import io.pipewright.diagnostic.Span;
import io.pipewright.spi.stage.RowChange;
import io.pipewright.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that must have reached a sink, or left through a port, when a case ends.
 *
 * @param end the sink's id, or the port as {@code from} would name it
 * @param place where the name stands
 * @param written the list of the rows, or the name of their file; empty for what is named in {@code expectNone}
 * @param key the fields that make the key where rows replace earlier ones; empty where each row counts
 */
record Expectation(String end, Span place, List<Row> rows, Optional<Node> written, List<String> key) {

    Expectation {
        rows = List.copyOf(rows);
        key = List.copyOf(key);
    }

    /** Where each row counts. */
    Expectation(String end, Span place, List<Row> rows, Optional<Node> written) {
        this(end, place, rows, written, List.of());
    }

    /**
     * A row.
     *
     * @param values those of the named fields
     * @param places where each value stands
     */
    record Row(Span place, Map<String, @Nullable Object> values, Map<String, Span> places) {}

    List<Map<String, @Nullable Object>> values() {
        return rows.stream().map(Row::values).toList();
    }

    /** All fields that any row names. */
    Stream<String> fields() {
        return rows.stream().flatMap(row -> row.values().keySet().stream()).distinct();
    }

    /** Of the rows that came those that count: all, or for each key the last one, unless it deletes. */
    List<Map<String, @Nullable Object>> counted(List<Map<String, @Nullable Object>> came) {
        if (key.isEmpty()) {
            return came;
        }
        Map<List<@Nullable Object>, Map<String, @Nullable Object>> last = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> row : came) {
            List<@Nullable Object> values = new ArrayList<>();
            key.forEach(field -> values.add(row.get(field)));
            last.remove(values);
            if (!RowChange.DELETE.text().equals(row.get(RowChange.NAME))) {
                last.put(values, row);
            }
        }
        return List.copyOf(last.values());
    }
}
