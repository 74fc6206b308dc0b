package io.pipewright.app.casefile;

import io.pipewright.diagnostic.Span;
import io.pipewright.yaml.Node;
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
 * @param written the list of the rows; empty for what is named in {@code expectNone}
 */
record Expectation(String end, Span place, List<Row> rows, Optional<Node> written) {

    Expectation {
        rows = List.copyOf(rows);
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
}
