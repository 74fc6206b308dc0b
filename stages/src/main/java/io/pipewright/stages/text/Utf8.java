package io.pipewright.stages.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds bytes that are not UTF-8: neither Jackson nor Java's decoders refuse all of them. */
public final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** The index of the first byte that does not belong to well-formed UTF-8, or -1. */
    public static int firstInvalid(byte[] bytes) {
        return firstInvalid(bytes, 0);
    }

    /**
     * The index of the first byte from {@code begin} that does not belong to well-formed UTF-8 (Unicode, table 3-7: no
     * overlong forms, no surrogates, nothing above U+10FFFF), or -1.
     */
    public static int firstInvalid(byte[] bytes, int begin) {
        int i = begin;
        while (i < bytes.length) {
            if (i + 8 <= bytes.length && bytes[i] >= 0) {
                i += Long.numberOfTrailingZeros((long) LONGS.get(bytes, i) & HIGH_BITS) >>> 3;
            } else if (bytes[i] >= 0) {
                i++;
            } else {
                int length = sequence(bytes, i);
                if (length == 0) {
                    return i;
                }
                i += length;
            }
        }
        return -1;
    }

    /** The length of the well-formed sequence of two to four bytes that begins here, or 0. */
    private static int sequence(byte[] bytes, int start) {
        int first = bytes[start] & 0xFF;
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        if (first < 0xE0) {
            return within(bytes, start + 1, 0x80, 0xBF) ? 2 : 0;
        }
        int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        int length = first < 0xF0 ? 3 : 4;
        if (!within(bytes, start + 1, lowest, highest)) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if (!within(bytes, start + i, 0x80, 0xBF)) {
                return 0;
            }
        }
        return length;
    }

    private static boolean within(byte[] bytes, int index, int lowest, int highest) {
        return index < bytes.length && (bytes[index] & 0xFF) >= lowest && (bytes[index] & 0xFF) <= highest;
    }
}
