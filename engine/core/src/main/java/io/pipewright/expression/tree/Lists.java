package io.pipewright.expression.tree;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Functions over lists. */
final class Lists {

    private Lists() {}

    static List<Object> concat(List<?> a, List<?> b) {
        List<Object> all = new ArrayList<>(a.size() + b.size());
        all.addAll(a);
        all.addAll(b);
        return Collections.unmodifiableList(all);
    }

    static long sumOfLongs(List<?> list) {
        long sum = 0;
        for (Object item : list) {
            sum = Numbers.add(sum, ((Number) item).longValue());
        }
        return sum;
    }

    /** Compensated (Neumaier 1974), so that the order of the items hardly matters. */
    static double sumOfDoubles(List<?> list) {
        double sum = 0;
        double lost = 0;
        for (Object item : list) {
            double value = (Double) item;
            double next = sum + value;
            lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
            sum = next;
        }
        return Double.isFinite(sum) ? sum + lost : sum;
    }

    static BigDecimal sumOfDecimals(List<?> list) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Object item : list) {
            sum = sum.add((BigDecimal) item);
        }
        return sum;
    }

    static Duration sumOfDurations(List<?> list) {
        Duration sum = Duration.ZERO;
        for (Object item : list) {
            sum = Times.plus(sum, (Duration) item);
        }
        return sum;
    }
}
