package io.pipewright.stages.text;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What formats hold of numbers that are written as text: nothing is rounded, and none is unwieldy. */
public final class ExactNumbers {

    /** How many characters a number has at most. */
    public static final int LONGEST = 1000;

    /** Up to here a double has the value of every whole number. */
    public static final long ALL_EXACT = 1L << 53;

    private static final int LARGEST_SCALE = 1000;

    private ExactNumbers() {}

    /** The number, or null if its exponent would make it unwieldy. */
    public static @Nullable BigDecimal decimal(String number) {
        try {
            BigDecimal decimal = new BigDecimal(number);
            return Math.abs((long) decimal.scale()) <= LARGEST_SCALE ? decimal : null;
        } catch (NumberFormatException e) {
            return null; // an exponent of more than 32 bits
        }
    }

    /** Whether a double is the nearest of a number's text, which neither overflowed nor vanished to zero. */
    public static boolean isNear(double nearest, String number) {
        return !Double.isInfinite(nearest) && (nearest != 0 || isZero(number));
    }

    /** The double that is equal to a whole number; null if there is none. */
    public static @Nullable Double ofWhole(long whole) {
        double nearest = whole;
        boolean equal =
                Math.abs(whole) <= ALL_EXACT || new BigDecimal(nearest).compareTo(BigDecimal.valueOf(whole)) == 0;
        return equal ? nearest : null;
    }

    /** Whether a double has exactly the value of a whole number. */
    public static boolean isExactly(double nearest, String whole) {
        return !Double.isInfinite(nearest) && new BigDecimal(nearest).compareTo(new BigDecimal(whole)) == 0;
    }

    /** Whether the digits before any exponent are all zero. */
    private static boolean isZero(String number) {
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c == 'e' || c == 'E') {
                return true;
            }
            if (c >= '1' && c <= '9') {
                return false;
            }
        }
        return true;
    }
}
