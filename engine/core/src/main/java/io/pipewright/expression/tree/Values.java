package io.pipewright.expression.tree;

import io.pipewright.spi.record.DataRecord;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Equality and order of values as CEL has them: numbers by what they are worth whatever their classes, texts by code
 * points, bytes as unsigned.
 */
final class Values {

    private Values() {}

    static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == b;
        }
        if (a instanceof String || a instanceof Boolean) {
            return a.equals(b);
        }
        if (a instanceof Number x) {
            return b instanceof Number y && equalNumbers(x, y);
        }
        if (a instanceof List<?> x) {
            return b instanceof List<?> y && equalLists(x, y);
        }
        if (a instanceof Map<?, ?> x) {
            return b instanceof Map<?, ?> y && equalMaps(x, y);
        }
        if (a instanceof byte[] x) {
            return b instanceof byte[] y && Arrays.equals(x, y);
        }
        if (a instanceof DataRecord x) {
            return b instanceof DataRecord y && equalRecords(x, y);
        }
        return Objects.equals(a, b);
    }

    private static boolean equalNumbers(Number a, Number b) {
        if (a instanceof BigDecimal || b instanceof BigDecimal) {
            return decimal(a).compareTo(decimal(b)) == 0;
        }
        if (a instanceof Double x) {
            return b instanceof Double y ? x.doubleValue() == y : same(b.longValue(), x);
        }
        return b instanceof Double y ? same(a.longValue(), y) : a.longValue() == b.longValue();
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        return number instanceof Double value ? BigDecimal.valueOf(value) : BigDecimal.valueOf(number.longValue());
    }

    static boolean same(long a, double b) {
        return !Double.isNaN(b) && compare(a, b) == 0;
    }

    /** The exact order of an integer and a double that is not NaN. */
    static int compare(long a, double b) {
        if (b >= 0x1p63) {
            return -1;
        }
        if (b < -0x1p63) {
            return 1;
        }
        long whole = (long) b;
        double rest = b - whole;
        return a != whole ? Long.compare(a, whole) : rest > 0 ? -1 : rest < 0 ? 1 : 0;
    }

    private static boolean equalLists(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMaps(Map<?, ?> a, Map<?, ?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : a.entrySet()) {
            if (!b.containsKey(entry.getKey()) || !equal(entry.getValue(), b.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalRecords(DataRecord a, DataRecord b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The order of two values of one ordered type other than double. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static int compare(Object a, Object b) {
        if (a instanceof String x) {
            return compareTexts(x, (String) b);
        }
        if (a instanceof byte[] x) {
            return Arrays.compareUnsigned(x, (byte[]) b);
        }
        return ((Comparable) a).compareTo(b);
    }

    private static int compareTexts(String a, String b) {
        int limit = Math.min(a.length(), b.length());
        for (int i = 0; i < limit; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean mixed = Character.isSurrogate(x) != Character.isSurrogate(y);
                return mixed ? Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y)) : x - y;
            }
        }
        return a.length() - b.length();
    }
}
