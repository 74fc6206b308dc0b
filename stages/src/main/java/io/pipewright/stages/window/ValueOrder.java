package io.pipewright.stages.window;

/** The order of values of one ordered type. */
final class ValueOrder {

    private ValueOrder() {}

    /** The natural order; texts by code point, as CEL orders them, not by UTF-16 unit. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static int compare(Object left, Object right) {
        if (left instanceof String a && right instanceof String b) {
            int same = 0;
            int shorter = Math.min(a.length(), b.length());
            while (same < shorter && a.charAt(same) == b.charAt(same)) {
                same++;
            }
            return same == shorter
                    ? Integer.compare(a.length(), b.length())
                    : Integer.compare(unitOrder(a.charAt(same)), unitOrder(b.charAt(same)));
        }
        return Integer.signum(((Comparable) left).compareTo(right));
    }

    /** Surrogates stand for code points above all others. */
    private static int unitOrder(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
