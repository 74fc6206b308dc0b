package io.pipewright.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which of the rows that came stands for which of the expected ones, in any order. As many as possible are met, though a
 * row may fit several expected ones: of these only the named fields count.
 *
 * @param met by the position of an expected row, that of the row that fits it
 * @param similar by the position of an expected row that none fits, that of a row left over which differs from it in
 *     some of the named fields
 */
public record RowMatching(Map<Integer, Integer> met, Map<Integer, Integer> similar) {

    private static final int NONE = -1;

    public RowMatching {
        met = Collections.unmodifiableMap(met);
        similar = Collections.unmodifiableMap(similar);
    }

    /** Matches rows that came with expected ones; both by field names, values as tests write and read them. */
    public static RowMatching of(List<? extends Map<String, ?>> expected, List<? extends Map<String, ?>> rows) {
        int[] expectedOf = new int[rows.size()];
        Arrays.fill(expectedOf, NONE);
        for (int i = 0; i < expected.size(); i++) {
            place(i, expected, rows, expectedOf, new boolean[rows.size()]);
        }
        Map<Integer, Integer> met = new HashMap<>();
        for (int row = 0; row < expectedOf.length; row++) {
            if (expectedOf[row] != NONE) {
                met.put(expectedOf[row], row);
            }
        }
        return new RowMatching(met, similar(expected, rows, met));
    }

    /** Finds a row for an expected one, and for that another one for the expected row that had it (augmenting paths). */
    private static boolean place(
            int wanted,
            List<? extends Map<String, ?>> expected,
            List<? extends Map<String, ?>> rows,
            int[] expectedOf,
            boolean[] tried) {
        for (int row = 0; row < expectedOf.length; row++) {
            if (expectedOf[row] == NONE && RecordValues.fits(expected.get(wanted), rows.get(row))) {
                expectedOf[row] = wanted;
                return true;
            }
        }
        for (int row = 0; row < expectedOf.length; row++) {
            if (!tried[row] && RecordValues.fits(expected.get(wanted), rows.get(row))) {
                tried[row] = true;
                if (place(expectedOf[row], expected, rows, expectedOf, tried)) {
                    expectedOf[row] = wanted;
                    return true;
                }
            }
        }
        return false;
    }

    /** Pairs what is left: each with the row that has most of the named fields, and the last two whatever they have. */
    private static Map<Integer, Integer> similar(
            List<? extends Map<String, ?>> expected, List<? extends Map<String, ?>> rows, Map<Integer, Integer> met) {
        List<Integer> unmet = without(expected.size(), met.keySet()::contains);
        List<Integer> left = without(rows.size(), met.values()::contains);
        boolean onlyTwo = unmet.size() == 1 && left.size() == 1;
        Map<Integer, Integer> similar = new HashMap<>();
        for (int wanted : unmet) {
            int most = onlyTwo ? NONE : 0;
            Integer best = null;
            for (int row : left) {
                int equal = equalFields(expected.get(wanted), rows.get(row));
                if (equal > most) {
                    most = equal;
                    best = row;
                }
            }
            if (best != null) {
                similar.put(wanted, best);
                left.remove(best);
            }
        }
        return similar;
    }

    private static int equalFields(Map<String, ?> expected, Map<String, ?> row) {
        return (int) expected.keySet().stream()
                .filter(name -> isMet(name, expected, row))
                .count();
    }

    /** Whether a row has what is expected of one field. */
    public static boolean isMet(String field, Map<String, ?> expected, Map<String, ?> row) {
        return RecordValues.fits(Collections.singletonMap(field, expected.get(field)), row);
    }

    /** The expected rows that none fits. */
    public <T> List<T> unmet(List<T> expected) {
        return without(expected.size(), met.keySet()::contains).stream()
                .map(expected::get)
                .toList();
    }

    /** The rows that fit no expected one. */
    public <T> List<T> left(List<T> rows) {
        return without(rows.size(), met.values()::contains).stream()
                .map(rows::get)
                .toList();
    }

    private static List<Integer> without(int size, Predicate<Integer> excluded) {
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (!excluded.test(i)) {
                left.add(i);
            }
        }
        return left;
    }
}
