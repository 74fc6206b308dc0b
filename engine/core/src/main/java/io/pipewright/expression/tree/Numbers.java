package io.pipewright.expression.tree;

import io.pipewright.spi.expression.EvaluationException;
import java.math.BigDecimal;
import java.math.MathContext;

/** Arithmetic that has no value rather than a wrong one. */
final class Numbers {

    private Numbers() {}

    static long add(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            throw overflow(a + " + " + b);
        }
        return sum;
    }

    static long subtract(long a, long b) {
        long difference = a - b;
        if (((a ^ b) & (a ^ difference)) < 0) {
            throw overflow(a + " - " + b);
        }
        return difference;
    }

    static long multiply(long a, long b) {
        long low = a * b;
        if (Math.multiplyHigh(a, b) != low >> 63) {
            throw overflow(a + " * " + b);
        }
        return low;
    }

    static long divide(long a, long b) {
        if (b == 0) {
            throw divisionByZero(a + " / 0");
        }
        if (a == Long.MIN_VALUE && b == -1) {
            throw overflow(a + " / -1");
        }
        return a / b;
    }

    static long modulo(long a, long b) {
        if (b == 0) {
            throw divisionByZero(a + " % 0");
        }
        return a % b;
    }

    static long negate(long a) {
        if (a == Long.MIN_VALUE) {
            throw overflow("-(" + a + ")");
        }
        return -a;
    }

    /** To 34 digits, half even, as IEEE 754's decimal128. */
    static BigDecimal divide(BigDecimal a, BigDecimal b) {
        if (b.signum() == 0) {
            throw divisionByZero(a + " / 0");
        }
        return a.divide(b, MathContext.DECIMAL128);
    }

    static BigDecimal remainder(BigDecimal a, BigDecimal b) {
        if (b.signum() == 0) {
            throw divisionByZero(a + " % 0");
        }
        return a.remainder(b);
    }

    static long abs(long a) {
        if (a == Long.MIN_VALUE) {
            throw overflow("math.abs(" + a + ")");
        }
        return Math.abs(a);
    }

    static EvaluationException overflow(String what) {
        return new EvaluationException("overflow", "`" + what + "` is outside the range of its type.");
    }

    private static EvaluationException divisionByZero(String what) {
        return new EvaluationException("division-by-zero", "`" + what + "` divides by zero.");
    }
}
