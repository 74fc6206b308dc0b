package io.pipewright.expression.tree;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Closures that make lists and maps, and that go over them. */
final class Folds {

    private Folds() {}

    static Code list(Code[] items) {
        return new Code() {
            @Override
            public Object evaluate(DataRecord record, @Nullable Object[] variables) {
                List<Object> list = new ArrayList<>(items.length);
                for (Code item : items) {
                    list.add(item.value(record, variables));
                }
                return Collections.unmodifiableList(list);
            }
        };
    }

    static Code map(Code[] keys, Code[] values) {
        return new Code() {
            @Override
            public Object evaluate(DataRecord record, @Nullable Object[] variables) {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int i = 0; i < keys.length; i++) {
                    Object key = keys[i].value(record, variables);
                    if (map.put(key, values[i].value(record, variables)) != null) {
                        throw new EvaluationException("duplicate-key", "The map has the key `" + key + "` twice.");
                    }
                }
                return Collections.unmodifiableMap(map);
            }
        };
    }

    static Code quantify(Node.Quantifier quantifier, Code range, @Nullable Object[] items, int slot, Code condition) {
        return switch (quantifier) {
            case ALL -> decided(false, range, items, slot, condition);
            case EXISTS -> decided(true, range, items, slot, condition);
            case EXISTS_ONE -> existsOne(range, items, slot, condition);
        };
    }

    /** One item that answers {@code deciding} decides, even after one without an answer. */
    private static Code decided(boolean deciding, Code range, @Nullable Object[] items, int slot, Code condition) {
        return new Code.OfBoolean() {
            @Override
            public boolean test(DataRecord record, @Nullable Object[] variables) {
                EvaluationException failure = null;
                for (Object item : items(range.value(record, variables))) {
                    items[slot] = item;
                    try {
                        if (condition.booleanValue(record, variables) == deciding) {
                            return deciding;
                        }
                    } catch (EvaluationException e) {
                        failure = e;
                    }
                }
                if (failure != null) {
                    throw failure;
                }
                return !deciding;
            }
        };
    }

    private static Code existsOne(Code range, @Nullable Object[] items, int slot, Code condition) {
        return new Code.OfBoolean() {
            @Override
            public boolean test(DataRecord record, @Nullable Object[] variables) {
                int found = 0;
                for (Object item : items(range.value(record, variables))) {
                    items[slot] = item;
                    found += condition.booleanValue(record, variables) ? 1 : 0;
                }
                return found == 1;
            }
        };
    }

    static Code collect(Code range, @Nullable Object[] items, int slot, @Nullable Code condition, Code value) {
        return new Code() {
            @Override
            public Object evaluate(DataRecord record, @Nullable Object[] variables) {
                Collection<?> all = items(range.value(record, variables));
                List<Object> collected = new ArrayList<>(all.size());
                for (Object item : all) {
                    items[slot] = item;
                    if (condition == null || condition.booleanValue(record, variables)) {
                        collected.add(value.value(record, variables));
                    }
                }
                return Collections.unmodifiableList(collected);
            }
        };
    }

    private static Collection<?> items(Object range) {
        return range instanceof Map<?, ?> map ? map.keySet() : (List<?>) range;
    }
}
