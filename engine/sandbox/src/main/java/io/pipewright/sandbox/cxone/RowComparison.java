package io.pipewright.sandbox.cxone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How rows that were found differ from those expected.
 *
 * @param name of the kind of row
 * @param equal how many rows are the same
 * @param differences one sentence each, sorted, at most 20
 * @param differing how many rows differ, are missing or too many
 */
public record RowComparison(String name, int expected, int found, int equal, int differing, List<String> differences) {
    private static final int LISTED = 20;

    /**
     * Compares two sets.
     *
     * @param key what makes two rows the same row with other values
     */
    static <T> RowComparison of(String name, Set<T> expected, Set<T> found, Function<T, Object> key) {
        Set<T> missing = new HashSet<>(expected);
        missing.removeAll(found);
        Set<T> tooMany = new HashSet<>(found);
        tooMany.removeAll(expected);
        Map<Object, T> byKey = new HashMap<>();
        missing.forEach(row -> byKey.put(key.apply(row), row));
        List<String> differences = new ArrayList<>();
        for (T row : tooMany) {
            T other = byKey.remove(key.apply(row));
            if (other == null) {
                differences.add("not expected: " + row);
            } else {
                missing.remove(other);
                differences.add("expected " + other + " but found " + row);
            }
        }
        missing.forEach(row -> differences.add("missing: " + row));
        return new RowComparison(
                name,
                expected.size(),
                found.size(),
                (int) found.stream().filter(expected::contains).count(),
                differences.size(),
                differences.stream().sorted().limit(LISTED).toList());
    }

    /** Whether every row is as expected. */
    public boolean isEqual() {
        return differing == 0;
    }
}
