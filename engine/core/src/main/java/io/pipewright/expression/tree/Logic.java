package io.pipewright.expression.tree;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Closures that decide. */
final class Logic {

    private Logic() {}

    /** False if either side is; what fails on the left matters only if the right does not decide. */
    static Code and(Code left, Code right) {
        return new Code.OfBoolean() {
            @Override
            public boolean test(DataRecord record, @Nullable Object[] variables) {
                boolean first;
                try {
                    first = left.booleanValue(record, variables);
                } catch (EvaluationException failure) {
                    if (!right.booleanValue(record, variables)) {
                        return false;
                    }
                    throw failure;
                }
                return first && right.booleanValue(record, variables);
            }
        };
    }

    /** True if either side is; what fails on the left matters only if the right does not decide. */
    static Code or(Code left, Code right) {
        return new Code.OfBoolean() {
            @Override
            public boolean test(DataRecord record, @Nullable Object[] variables) {
                boolean first;
                try {
                    first = left.booleanValue(record, variables);
                } catch (EvaluationException failure) {
                    if (right.booleanValue(record, variables)) {
                        return true;
                    }
                    throw failure;
                }
                return first || right.booleanValue(record, variables);
            }
        };
    }

    static Code not(Code value) {
        return new Code.OfBoolean() {
            @Override
            public boolean test(DataRecord record, @Nullable Object[] variables) {
                return !value.booleanValue(record, variables);
            }
        };
    }

    static Code present(Code value) {
        return new Code.OfBoolean() {
            @Override
            public boolean test(DataRecord record, @Nullable Object[] variables) {
                return value.evaluate(record, variables) != null;
            }
        };
    }

    static Code entryPresent(Code map, String key) {
        return new Code.OfBoolean() {
            @Override
            public boolean test(DataRecord record, @Nullable Object[] variables) {
                Object entries = map.evaluate(record, variables);
                return entries != null && ((Map<?, ?>) entries).containsKey(key);
            }
        };
    }

    static Code orElse(Code value, Code fallback) {
        return new Code() {
            @Override
            public @Nullable Object evaluate(DataRecord record, @Nullable Object[] variables) {
                Object first = value.evaluate(record, variables);
                return first == null ? fallback.evaluate(record, variables) : first;
            }
        };
    }

    static Code choice(Code condition, Code then, Code otherwise) {
        return new Code() {
            @Override
            public @Nullable Object evaluate(DataRecord record, @Nullable Object[] variables) {
                return condition.booleanValue(record, variables)
                        ? then.evaluate(record, variables)
                        : otherwise.evaluate(record, variables);
            }
        };
    }

    /** A null is in no list, and nothing is in a null. */
    static Code contains(Code value, Code container) {
        return new Code.OfBoolean() {
            @Override
            public boolean test(DataRecord record, @Nullable Object[] variables) {
                Object searched = value.evaluate(record, variables);
                Object in = container.evaluate(record, variables);
                if (searched == null || in == null) {
                    return false;
                }
                return in instanceof Map<?, ?> map ? map.containsKey(searched) : contains((List<?>) in, searched);
            }
        };
    }

    private static boolean contains(List<?> list, Object searched) {
        for (Object item : list) {
            if (Values.equal(searched, item)) {
                return true;
            }
        }
        return false;
    }
}
