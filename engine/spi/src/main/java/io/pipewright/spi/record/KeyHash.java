package io.pipewright.spi.record;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The hash of keys: MurmurHash3 x86 32 with seed 0 over the canonical bytes of the values, in order.
 *
 * <p>It decides the key group, and so where the state of a key lies in a savepoint: it never changes. Canonical bytes
 * are a tag and what follows it, numbers big-endian:
 *
 * <ul>
 *   <li>null: {@code 00}; false: {@code 01}; true: {@code 02}
 *   <li>int and long alike: {@code 03}, 8 bytes two's complement
 *   <li>string: {@code 04}, 4 bytes count of UTF-8 bytes, the UTF-8 bytes; a surrogate without its other half is
 *       encoded in three bytes, as a code point would be
 *   <li>decimal: {@code 05}, 4 bytes scale, 4 bytes count, the unscaled value in two's complement, in as few bytes as
 *       it needs; trailing zeros are stripped first, so that 1.0 and 1.00 are one key
 *   <li>date: {@code 06}, 8 bytes days since 1970-01-01
 *   <li>timestamp: {@code 07}, 8 bytes seconds since the epoch, 4 bytes nanoseconds of the second
 *   <li>duration: {@code 08}, 8 bytes seconds, 4 bytes nanoseconds
 * </ul>
 *
 * <p>The function is Austin Appleby's MurmurHash3_x86_32, which he placed in the public domain.
 */
final class KeyHash {

    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;

    private static final int BEYOND_ASCII = ~0x7F;

    /** The bytes before those of a text: the tag and the count. */
    private static final int TEXT_HEAD = 5;

    private int hash;

    /** The last bytes, the first of them lowest, that do not fill a block of four. */
    private long pending;

    private int pendingBits;
    private int length;

    private KeyHash() {}

    /** The hash of a key of one value. */
    static int of(@Nullable Object value) {
        return value instanceof String text ? ofText(text) : ofAny(value);
    }

    /** The same for a text, which is what most keys are, without an object and in one pass where it is ASCII. */
    private static int ofText(String text) {
        int length = text.length();
        int h = mix(0, 4 | length >>> 24 << 8 | (length >>> 16 & 0xFF) << 16 | (length >>> 8 & 0xFF) << 24);
        int block = length & 0xFF;
        int bits = Byte.SIZE;
        int seen = 0;
        for (int i = 0; i < length; i++) {
            int c = text.charAt(i);
            seen |= c;
            block |= c << bits;
            bits += Byte.SIZE;
            if (bits == Integer.SIZE) {
                h = mix(h, block);
                block = 0;
                bits = 0;
            }
        }
        return (seen & BEYOND_ASCII) == 0 ? end(h ^ scramble(block) ^ TEXT_HEAD + length) : ofAny(text);
    }

    private static int ofAny(@Nullable Object value) {
        KeyHash hash = new KeyHash();
        hash.add(value);
        return hash.end();
    }

    static int of(@Nullable Object[] values) {
        KeyHash hash = new KeyHash();
        for (Object value : values) {
            hash.add(value);
        }
        return hash.end();
    }

    private void add(@Nullable Object value) {
        if (value == null) {
            add(0);
        } else if (value instanceof String text) {
            addText(text);
        } else if (value instanceof Long number) {
            add(3);
            addLong(number);
        } else if (value instanceof Integer number) {
            add(3);
            addLong(number);
        } else if (value instanceof Boolean bool) {
            add(bool ? 2 : 1);
        } else if (value instanceof Instant instant) {
            addSeconds(7, instant.getEpochSecond(), instant.getNano());
        } else if (value instanceof LocalDate date) {
            add(6);
            addLong(date.toEpochDay());
        } else if (value instanceof Duration duration) {
            addSeconds(8, duration.getSeconds(), duration.getNano());
        } else if (value instanceof BigDecimal decimal) {
            addDecimal(decimal);
        } else {
            throw new IllegalArgumentException(
                    "No part of a key: a " + value.getClass().getName());
        }
    }

    private void addText(String text) {
        add(4);
        addInt(utf8Length(text));
        int length = text.length();
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            int a = text.charAt(i);
            int b = text.charAt(i + 1);
            int c = text.charAt(i + 2);
            int d = text.charAt(i + 3);
            if (((a | b | c | d) & BEYOND_ASCII) != 0) {
                break;
            }
            addBlock(a | b << 8 | c << 16 | d << 24);
        }
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                add(c);
            } else if (c < 0x800) {
                add(0xC0 | c >> 6);
                add(0x80 | c & 0x3F);
            } else if (pair(text, i)) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                add(0xF0 | point >> 18);
                add(0x80 | point >> 12 & 0x3F);
                add(0x80 | point >> 6 & 0x3F);
                add(0x80 | point & 0x3F);
            } else {
                add(0xE0 | c >> 12);
                add(0x80 | c >> 6 & 0x3F);
                add(0x80 | c & 0x3F);
            }
        }
    }

    private static int utf8Length(String text) {
        int chars = text.length();
        int bytes = chars;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += c < 0x800 ? 1 : 2;
                if (pair(text, i)) {
                    i++; // two chars, four bytes
                }
            }
        }
        return bytes;
    }

    private static boolean pair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    private void addDecimal(BigDecimal decimal) {
        BigDecimal canonical = decimal.stripTrailingZeros();
        byte[] unscaled = canonical.unscaledValue().toByteArray();
        add(5);
        addInt(canonical.scale());
        addInt(unscaled.length);
        for (byte each : unscaled) {
            add(each & 0xFF);
        }
    }

    private void addSeconds(int tag, long seconds, int nanos) {
        add(tag);
        addLong(seconds);
        addInt(nanos);
    }

    private void addLong(long value) {
        addInt((int) (value >>> 32));
        addInt((int) value);
    }

    private void addInt(int value) {
        addBlock(Integer.reverseBytes(value));
    }

    /** Takes one byte, 0 to 255. */
    private void add(int value) {
        pending |= (long) value << pendingBits;
        pendingBits += Byte.SIZE;
        length++;
        if (pendingBits == Integer.SIZE) {
            mix();
            pendingBits = 0;
        }
    }

    /** Takes four bytes, the first of them lowest. */
    private void addBlock(int bytes) {
        pending |= (bytes & 0xFFFFFFFFL) << pendingBits;
        length += Integer.BYTES;
        mix();
    }

    private void mix() {
        hash = mix(hash, (int) pending);
        pending >>>= Integer.SIZE;
    }

    private static int mix(int hash, int block) {
        return Integer.rotateLeft(hash ^ scramble(block), 13) * 5 + 0xe6546b64;
    }

    private static int scramble(int block) {
        return Integer.rotateLeft(block * C1, 15) * C2;
    }

    private int end() {
        return end(hash ^ scramble((int) pending) ^ length);
    }

    private static int end(int last) {
        int h = last;
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }
}
