package io.pipewright.spi.record;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Varints, strings and byte arrays on Flink's views; one instance serves one thread, for its scratch buffer.
 *
 * <p>A string is its length in chars, doubled, plus 1 when a char does not fit one byte; then one byte per char
 * (Latin-1), or two, big-endian. It keeps every string as it is, also one with half a surrogate pair.
 */
final class ByteFormat {

    private static final int KEPT = 1 << 16;

    private byte[] scratch = new byte[256];

    /** Writes a signed number: the nearer to zero, the fewer bytes, at most 10. */
    static void writeVarint(long value, DataOutputView out) throws IOException {
        long bits = value << 1 ^ value >> 63;
        while ((bits & ~0x7FL) != 0) {
            out.writeByte((int) (bits & 0x7F | 0x80));
            bits >>>= 7;
        }
        out.writeByte((int) bits);
    }

    static long readVarint(DataInputView in) throws IOException {
        long bits = 0;
        int shift = 0;
        byte next;
        do {
            if (shift > 63) {
                throw new IOException("A number of more than 10 bytes: the stored bytes are damaged.");
            }
            next = in.readByte();
            bits |= (long) (next & 0x7F) << shift;
            shift += 7;
        } while (next < 0);
        return bits >>> 1 ^ -(bits & 1);
    }

    /** Writes 32 bits that are taken as unsigned: a count, or a length with a flag. */
    static void writeLength(int value, DataOutputView out) throws IOException {
        int bits = value;
        while ((bits & ~0x7F) != 0) {
            out.writeByte(bits & 0x7F | 0x80);
            bits >>>= 7;
        }
        out.writeByte(bits);
    }

    static int readLength(DataInputView in) throws IOException {
        int bits = 0;
        int shift = 0;
        byte next;
        do {
            if (shift > 28) {
                throw new IOException("A length of more than 5 bytes: the stored bytes are damaged.");
            }
            next = in.readByte();
            bits |= (next & 0x7F) << shift;
            shift += 7;
        } while (next < 0);
        return bits;
    }

    static void writeBytes(byte[] value, DataOutputView out) throws IOException {
        writeLength(value.length, out);
        out.write(value, 0, value.length);
    }

    byte[] readBytes(DataInputView in) throws IOException {
        byte[] value = new byte[readLength(in)];
        in.readFully(value, 0, value.length);
        return value;
    }

    void writeString(String value, DataOutputView out) throws IOException {
        int length = value.length();
        byte[] buffer = buffer(length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c > 0xFF) {
                writeWide(value, out);
                return;
            }
            buffer[i] = (byte) c;
        }
        writeLength(length << 1, out);
        out.write(buffer, 0, length);
    }

    private void writeWide(String value, DataOutputView out) throws IOException {
        int length = value.length();
        byte[] buffer = buffer(2 * length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            buffer[2 * i] = (byte) (c >> 8);
            buffer[2 * i + 1] = (byte) c;
        }
        writeLength(length << 1 | 1, out);
        out.write(buffer, 0, 2 * length);
    }

    String readString(DataInputView in) throws IOException {
        return readString(in, null);
    }

    /** A string, from the cache where it has one byte a character. */
    @SuppressWarnings("deprecation") // new String(bytes, 0, 0, length) is Latin-1 without a charset lookup
    String readString(DataInputView in, @Nullable TextCache cache) throws IOException {
        int code = readLength(in);
        int length = code >>> 1;
        if (length == 0) {
            return "";
        }
        if ((code & 1) == 0) {
            byte[] buffer = buffer(length);
            in.readFully(buffer, 0, length);
            return cache == null ? new String(buffer, 0, 0, length) : cache.text(buffer, 0, length);
        }
        byte[] buffer = buffer(2 * length);
        in.readFully(buffer, 0, 2 * length);
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) {
            chars[i] = (char) (buffer[2 * i] << 8 | buffer[2 * i + 1] & 0xFF);
        }
        return new String(chars);
    }

    /** The scratch buffer, or a larger one; very large ones are not kept. */
    private byte[] buffer(int length) {
        if (length <= scratch.length) {
            return scratch;
        }
        byte[] larger = new byte[Math.max(length, 2 * scratch.length)];
        if (larger.length <= KEPT) {
            scratch = larger;
        }
        return larger;
    }
}
