package io.pipewright.spi.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Gives equal short texts of one field the same string, as long as that pays: channels and states come again and again,
 * identifiers do not. To read a text that is known makes no object, and finds its characters in the processor's cache.
 *
 * <p>It holds at most {@value #SLOTS} texts of up to {@value #LONGEST} bytes; another text may push one out. Where fewer
 * than half of the texts were known, it rests for a while.
 */
public final class TextCache {

    static final int LONGEST = 16;
    private static final int SLOTS = 256;
    private static final int TRIAL = 4096;
    private static final int REST = 16 * TRIAL;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final @Nullable String[] texts = new @Nullable String[SLOTS];
    private final long[] heads = new long[SLOTS];
    private final long[] tails = new long[SLOTS];
    private int asked;
    private int known;

    /** The text of these bytes, each of which is a character of Latin-1. */
    public String text(byte[] bytes, int from, int to) {
        int length = to - from;
        if (asked < 0) {
            asked++;
            return read(bytes, from, to);
        }
        if (length > LONGEST || from + Long.BYTES > bytes.length) {
            return read(bytes, from, to);
        }
        long head = (long) LONGS.get(bytes, from);
        long tail = 0;
        if (length > Long.BYTES) {
            tail = (long) LONGS.get(bytes, to - Long.BYTES);
        } else if (length < Long.BYTES) {
            head &= (1L << (length << 3)) - 1;
        }
        int slot = slot(head, tail, length);
        String text = texts[slot];
        if (text != null && heads[slot] == head && tails[slot] == tail && text.length() == length) {
            known++;
        } else {
            text = read(bytes, from, to);
            texts[slot] = text;
            heads[slot] = head;
            tails[slot] = tail;
        }
        if (++asked == TRIAL) {
            asked = known * 2 < TRIAL ? -REST : 0;
            known = 0;
        }
        return text;
    }

    private static int slot(long head, long tail, int length) {
        long mixed = (head ^ Long.rotateLeft(tail, 29) ^ length) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 56);
    }

    private static String read(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
