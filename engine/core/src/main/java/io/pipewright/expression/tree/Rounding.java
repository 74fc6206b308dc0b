package io.pipewright.expression.tree;

import io.pipewright.spi.expression.EvaluationException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers with fewer digits behind the point; halves go away from zero. */
final class Rounding {

    private static final int MOST_DIGITS = 100;

    private Rounding() {}

    static BigDecimal toWhole(BigDecimal value, RoundingMode mode) {
        return value.scale() <= 0 ? value : value.setScale(0, mode);
    }

    /** What is left of a number near zero is zero without a sign. */
    static double truncate(double value) {
        return (value < 0 ? Math.ceil(value) : Math.floor(value)) + 0.0;
    }

    static double round(double value) {
        double whole = Math.floor(Math.abs(value));
        return Math.copySign(Math.abs(value) - whole >= 0.5 ? whole + 1 : whole, value) + 0.0;
    }

    /** Of the decimal digits that the number is written with, so that 2.675 becomes 2.68. */
    static double round(double value, long digits) {
        int scale = digits(digits);
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value)
                        .setScale(scale, RoundingMode.HALF_UP)
                        .doubleValue()
                : value;
    }

    static BigDecimal round(BigDecimal value, long digits) {
        return value.setScale(digits(digits), RoundingMode.HALF_UP);
    }

    /** How many digits are kept behind the point. */
    static int digits(long digits) {
        if (digits < 0 || digits > MOST_DIGITS) {
            throw new EvaluationException(
                    "bad-literal",
                    "A number cannot be rounded to " + digits + " digits; write a number from 0 to " + MOST_DIGITS
                            + ".");
        }
        return (int) digits;
    }
}
