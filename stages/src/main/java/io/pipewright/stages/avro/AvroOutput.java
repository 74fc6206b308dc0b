package io.pipewright.stages.avro;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bytes in Avro's binary encoding. */
final class AvroOutput {

    private static final int VARINT_BITS = 7;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A zero byte and the id of a schema in a registry, as Confluent's messages begin. */
    void writeId(int id) {
        bytes.write(0);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
    }

    void writeByte(int value) {
        bytes.write(value);
    }

    void writeLong(long value) {
        long left = (value << 1) ^ (value >> (Long.SIZE - 1));
        while ((left & ~0x7fL) != 0) {
            bytes.write((int) (left & 0x7f | 0x80));
            left >>>= VARINT_BITS;
        }
        bytes.write((int) left);
    }

    void writeFloat(float value) {
        littleEndian(Float.floatToRawIntBits(value), Float.BYTES);
    }

    void writeDouble(double value) {
        littleEndian(Double.doubleToRawLongBits(value), Double.BYTES);
    }

    private void littleEndian(long bits, int size) {
        for (int i = 0; i < size; i++) {
            bytes.write((int) (bits >>> (Byte.SIZE * i)));
        }
    }

    /** Without their length. */
    void writeRaw(byte[] value) {
        bytes.writeBytes(value);
    }

    void writeBytes(byte[] value) {
        writeLong(value.length);
        bytes.writeBytes(value);
    }

    void writeText(String value) {
        writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
