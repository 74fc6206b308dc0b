package io.pipewright.stages.avro;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.stages.text.Utf8;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a message in Avro's binary encoding; what is not as it must be ends in {@code malformed-avro}. */
final class AvroInput {

    private static final int VARINT_BITS = 7;

    private final byte[] bytes;
    private int at;

    /** Of lists and maps, so far. */
    private int items;

    AvroInput(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    static EvaluationException malformed(String reason) {
        return new EvaluationException("malformed-avro", reason);
    }

    int position() {
        return at;
    }

    /** Goes back to where a value begins. */
    void rewind(int position) {
        at = position;
        items = 0;
    }

    boolean atEnd() {
        return at == bytes.length;
    }

    private int next() {
        if (at >= bytes.length) {
            throw malformed("The message ends within a value, after " + bytes.length + " bytes.");
        }
        return bytes[at++];
    }

    long readLong() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += VARINT_BITS) {
            int read = next();
            value |= (long) (read & 0x7f) << shift;
            if (read >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw malformed("The number before byte " + at + " is longer than 64 bits.");
    }

    int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw malformed("The number before byte " + at + " is longer than 32 bits.");
        }
        return (int) value;
    }

    /** The index of a branch or symbol. */
    int readIndex(int size) {
        long index = readLong();
        if (index < 0 || index >= size) {
            throw malformed("The number before byte " + at + " must be below " + size + ", but is " + index + ".");
        }
        return (int) index;
    }

    boolean readBoolean() {
        int read = next();
        if (read != 0 && read != 1) {
            throw malformed("Byte " + at + " must be 0 or 1.");
        }
        return read == 1;
    }

    private ByteBuffer take(int length) {
        ByteBuffer taken = ByteBuffer.wrap(bytes, skip(length), length);
        return taken.order(ByteOrder.LITTLE_ENDIAN);
    }

    float readFloat() {
        return take(Float.BYTES).getFloat();
    }

    double readDouble() {
        return take(Double.BYTES).getDouble();
    }

    /** Goes on behind so many bytes, and gives where they begin. */
    int skip(long length) {
        if (length < 0 || length > bytes.length - at) {
            throw malformed("The length before byte " + at + ", " + length + ", leads out of the message.");
        }
        int from = at;
        at += (int) length;
        return from;
    }

    byte[] readBytes(long length) {
        int from = skip(length);
        return Arrays.copyOfRange(bytes, from, at);
    }

    String readText() {
        byte[] text = readBytes(readLong());
        int invalid = Utf8.firstInvalid(text);
        if (invalid >= 0) {
            throw malformed("The text before byte " + at + " is not UTF-8.");
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    /**
     * How many items the next block of a list or map has; 0 behind the last one. All have no more than the message has
     * bytes: so many items of none are no message of anybody's.
     */
    int readBlock() {
        long count = readLong();
        if (count < 0) {
            readLong(); // the size of the block in bytes
            count = -count;
        }
        if (count < 0 || count > bytes.length - items) {
            throw malformed("With the " + count + " items of the block before byte " + at
                    + " there are more than the message has bytes.");
        }
        items += (int) count;
        return (int) count;
    }
}
