package io.pipewright.bench.feed;

/** Decimal numbers of fixed width inside bytes. */
final class Digits {

    /** The width of an interaction's number. */
    static final int ID = 12;

    /** The width of a customer's number. */
    static final int CUSTOMER = 8;

    /** The width of a time in milliseconds. */
    static final int TIME = 13;

    private Digits() {}

    /** Overwrites {@code width} bytes from {@code at} with a number, zeros before it. */
    static void put(byte[] bytes, int at, int width, long number) {
        long rest = number;
        for (int i = at + width - 1; i >= at; i--) {
            long tenth = rest / 10;
            bytes[i] = (byte) ('0' + (rest - tenth * 10));
            rest = tenth;
        }
    }
}
