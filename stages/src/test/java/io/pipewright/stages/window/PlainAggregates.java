package io.pipewright.stages.window;

import io.pipewright.spi.record.DataRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What aggregate calls make of the records of a window, in plain Java that looks at all of them. Of records {@code channel,
 * at, n, weight, agent, flag}, in the order in which they came.
 */
final class PlainAggregates {

    static final List<String> CALLS = List.of(
            "count()",
            "sum(n)",
            "avg(n)",
            "min(n)",
            "max(n, flag)",
            "countDistinct(agent)",
            "countDistinct(n, flag)",
            "first(agent)",
            "last(agent)",
            "first(n, flag)",
            "last(n, flag)",
            "argMax(agent, weight)",
            "argMin(n, agent, flag)",
            "percentile(n, 0.5)",
            "percentile(weight, 0.9, flag)",
            "percentile(n, 1)",
            "collect(agent, 3)",
            "collect(n, 5, flag)",
            "max(weight) - min(weight) + countDistinct(weight) * 10");

    private PlainAggregates() {}

    static List<@Nullable Object> of(List<DataRecord> calls) {
        List<DataRecord> byTime = new ArrayList<>(calls);
        byTime.sort(Comparator.comparing(call -> (Long) call.get(1)));
        List<DataRecord> flagged =
                byTime.stream().filter(call -> call.get(5).equals(true)).toList();
        List<Long> n = values(byTime, call -> (Long) call.get(2));
        List<Long> flaggedN = values(flagged, call -> (Long) call.get(2));
        List<Integer> weights = values(byTime, call -> (Integer) call.get(3));
        List<Integer> flaggedWeights = values(flagged, call -> (Integer) call.get(3));
        List<String> agents = values(byTime, call -> (String) call.get(4));
        long sum = n.stream().mapToLong(Long::longValue).sum();
        return Arrays.asList(
                (long) calls.size(),
                sum,
                n.isEmpty() ? null : (Double) ((double) sum / n.size()),
                n.stream().min(Long::compare).orElse(null),
                flaggedN.stream().max(Long::compare).orElse(null),
                (long) new HashSet<>(agents).size(),
                (long) new HashSet<>(flaggedN).size(),
                agents.isEmpty() ? null : agents.get(0),
                last(byTime, 4),
                flaggedN.isEmpty() ? null : flaggedN.get(0),
                last(flagged, 2),
                best(byTime, 4, 3, 1),
                best(flagged, 2, 4, -1),
                ranked(n, 50),
                widened(ranked(flaggedWeights, 90)),
                ranked(n, 100),
                agents.subList(0, Math.min(3, agents.size())),
                flaggedN.subList(0, Math.min(5, flaggedN.size())),
                (long) weights.stream().max(Integer::compare).orElseThrow()
                        - weights.stream().min(Integer::compare).orElseThrow()
                        + new HashSet<>(weights).size() * 10);
    }

    private static <T> List<T> values(List<DataRecord> calls, Function<DataRecord, @Nullable T> value) {
        return calls.stream().map(value).filter(Objects::nonNull).toList();
    }

    private static @Nullable Object last(List<DataRecord> calls, int field) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            if (calls.get(i).get(field) != null) {
                return calls.get(i).get(field);
            }
        }
        return null;
    }

    /** Of the first record, by time, that no other one exceeds. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable Object best(List<DataRecord> byTime, int field, int by, int sign) {
        return byTime.stream()
                .filter(call -> call.get(field) != null && call.get(by) != null)
                .reduce((best, next) -> ((Comparable) next.get(by)).compareTo(best.get(by)) * sign > 0 ? next : best)
                .map(call -> call.get(field))
                .orElse(null);
    }

    /** The value of which so many in a hundred are not greater, by counting. */
    private static <T extends Comparable<T>> @Nullable T ranked(List<T> values, int percent) {
        return values.stream()
                .sorted()
                .filter(value -> values.stream()
                                        .filter(other -> other.compareTo(value) <= 0)
                                        .count()
                                * 100
                        >= (long) percent * values.size())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Long widened(@Nullable Integer value) {
        return value == null ? null : value.longValue();
    }
}
