package io.pipewright.spi.record;

import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the values of records as compact bytes; one instance serves one thread.
 *
 * <p>A record is a bit set (bit 0: an origin follows; bit i + 1: field i is null; padded to whole bytes), then the
 * origin, then the values that are not null. int and long are the same zigzag varint, so that a widened field reads old
 * bytes. Equal values have equal bytes. Every field has a null bit, also one whose type forbids null: a restored record
 * may lack it (see {@link DataRecord#missingField}).
 */
final class ValueFormat {

    private static final int MILLI = 1_000_000;

    private final ByteFormat bytes = new ByteFormat();
    private @Nullable String writtenTopic;
    private byte[] writtenTopicBytes = new byte[0];
    private @Nullable String readTopic;
    private byte[] readTopicBytes = new byte[0];

    void writeRecord(DataType[] types, DataRecord record, DataOutputView out) throws IOException {
        Origin origin = record.origin();
        writeFlags(types.length, record, origin != null, out);
        if (origin != null) {
            writeOrigin(origin, out);
        }
        for (int i = 0; i < types.length; i++) {
            Object value = record.get(i);
            if (value != null) {
                writeValue(types[i], value, out);
            }
        }
    }

    @Nullable
    Object[] readValues(DataType[] types, byte[] flags, DataInputView in) throws IOException {
        @Nullable Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            if (isPresent(flags, i)) {
                values[i] = readValue(types[i], in);
            }
        }
        return values;
    }

    /** The same with a cache for each text, at its field's position. */
    @Nullable
    Object[] readValues(DataType[] types, @Nullable TextCache[] texts, byte[] flags, DataInputView in)
            throws IOException {
        @Nullable Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            if (isPresent(flags, i)) {
                TextCache cache = texts[i];
                values[i] = cache == null ? readValue(types[i], in) : bytes.readString(in, cache);
            }
        }
        return values;
    }

    private static boolean isPresent(byte[] flags, int field) {
        int bit = field + 1;
        return (flags[bit >> 3] & (1 << (bit & 7))) == 0;
    }

    /** Reads the bits that precede a record; the array is the caller's, at least {@link #flagBytes} long. */
    static void readFlags(byte[] flags, int fields, DataInputView in) throws IOException {
        int count = flagBytes(fields);
        for (int i = 0; i < count; i++) {
            flags[i] = in.readByte();
        }
    }

    static int flagBytes(int fields) {
        return (fields + 8) >> 3;
    }

    @Nullable
    Origin readOrigin(byte[] flags, DataInputView in) throws IOException {
        if ((flags[0] & 1) == 0) {
            return null;
        }
        byte[] topic = bytes.readBytes(in);
        String name = readTopic;
        if (name == null || !Arrays.equals(topic, readTopicBytes)) {
            name = new String(topic, StandardCharsets.UTF_8);
            readTopic = name;
            readTopicBytes = topic;
        }
        return new Origin(name, (int) ByteFormat.readVarint(in), ByteFormat.readVarint(in));
    }

    private void writeOrigin(Origin origin, DataOutputView out) throws IOException {
        if (!origin.topic().equals(writtenTopic)) {
            writtenTopic = origin.topic();
            writtenTopicBytes = origin.topic().getBytes(StandardCharsets.UTF_8);
        }
        ByteFormat.writeBytes(writtenTopicBytes, out);
        ByteFormat.writeVarint(origin.partition(), out);
        ByteFormat.writeVarint(origin.offset(), out);
    }

    private static void writeFlags(int fields, DataRecord record, boolean origin, DataOutputView out)
            throws IOException {
        if (record.size() != fields) {
            throw new IllegalArgumentException(
                    "A record of " + record.size() + " values does not fit a type of " + fields + " fields.");
        }
        int flags = origin ? 1 : 0;
        for (int i = 0; i < fields; i++) {
            int bit = (i + 1) & 7;
            if (bit == 0) {
                out.writeByte(flags);
                flags = 0;
            }
            if (record.get(i) == null) {
                flags |= 1 << bit;
            }
        }
        out.writeByte(flags);
    }

    private void writeValue(DataType type, Object value, DataOutputView out) throws IOException {
        if (type instanceof Scalar scalar) {
            writeScalar(scalar, value, out);
        } else if (type instanceof ListType list) {
            List<?> elements = (List<?>) value;
            ByteFormat.writeLength(elements.size(), out);
            for (Object element : elements) {
                writeValue(list.element(), element, out);
            }
        } else if (type instanceof MapType map) {
            Map<?, ?> entries = (Map<?, ?>) value;
            ByteFormat.writeLength(entries.size(), out);
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                bytes.writeString((String) entry.getKey(), out);
                writeValue(map.value(), entry.getValue(), out);
            }
        } else {
            writeRecord(types((RecordType) type), (DataRecord) value, out);
        }
    }

    private Object readValue(DataType type, DataInputView in) throws IOException {
        if (type instanceof Scalar scalar) {
            return readScalar(scalar, in);
        }
        if (type instanceof ListType list) {
            int size = ByteFormat.readLength(in);
            List<Object> elements = new ArrayList<>(Math.min(size, 1024));
            for (int i = 0; i < size; i++) {
                elements.add(readValue(list.element(), in));
            }
            return Collections.unmodifiableList(elements);
        }
        if (type instanceof MapType map) {
            int size = ByteFormat.readLength(in);
            Map<String, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                entries.put(bytes.readString(in), readValue(map.value(), in));
            }
            return Collections.unmodifiableMap(entries);
        }
        DataType[] types = types((RecordType) type);
        byte[] flags = new byte[flagBytes(types.length)];
        readFlags(flags, types.length, in);
        Origin origin = readOrigin(flags, in);
        return new DataRecord(readValues(types, flags, in), origin);
    }

    private void writeScalar(Scalar scalar, Object value, DataOutputView out) throws IOException {
        switch (scalar) {
            case STRING, JSON -> bytes.writeString((String) value, out);
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case INT -> ByteFormat.writeVarint((Integer) value, out);
            case LONG -> ByteFormat.writeVarint((Long) value, out);
            case DOUBLE -> out.writeDouble((Double) value);
            case DECIMAL -> {
                BigDecimal decimal = (BigDecimal) value;
                ByteFormat.writeVarint(decimal.scale(), out);
                ByteFormat.writeBytes(decimal.unscaledValue().toByteArray(), out);
            }
            case BYTES -> ByteFormat.writeBytes((byte[]) value, out);
            case DATE -> ByteFormat.writeVarint(((LocalDate) value).toEpochDay(), out);
            case TIMESTAMP -> {
                Instant instant = (Instant) value;
                writeSeconds(instant.getEpochSecond(), instant.getNano(), out);
            }
            case DURATION -> {
                Duration duration = (Duration) value;
                writeSeconds(duration.getSeconds(), duration.getNano(), out);
            }
        }
    }

    private Object readScalar(Scalar scalar, DataInputView in) throws IOException {
        return switch (scalar) {
            case STRING, JSON -> bytes.readString(in);
            case BOOLEAN -> in.readBoolean();
            case INT -> (int) ByteFormat.readVarint(in);
            case LONG -> ByteFormat.readVarint(in);
            case DOUBLE -> in.readDouble();
            case DECIMAL -> {
                int scale = (int) ByteFormat.readVarint(in);
                yield new BigDecimal(new BigInteger(bytes.readBytes(in)), scale);
            }
            case BYTES -> bytes.readBytes(in);
            case DATE -> LocalDate.ofEpochDay(ByteFormat.readVarint(in));
            case TIMESTAMP -> Instant.ofEpochSecond(ByteFormat.readVarint(in), readNanos(in));
            case DURATION -> Duration.ofSeconds(ByteFormat.readVarint(in), readNanos(in));
        };
    }

    /** Seconds, then the fraction: whole milliseconds, as nearly all are, in two bytes, others in up to five. */
    private static void writeSeconds(long seconds, int nanos, DataOutputView out) throws IOException {
        ByteFormat.writeVarint(seconds, out);
        boolean millis = nanos % MILLI == 0;
        ByteFormat.writeLength(millis ? nanos / MILLI << 1 : nanos << 1 | 1, out);
    }

    private static int readNanos(DataInputView in) throws IOException {
        int code = ByteFormat.readLength(in);
        return (code & 1) == 0 ? (code >>> 1) * MILLI : code >>> 1;
    }

    /** The types of a record's fields in order. */
    static DataType[] types(RecordType type) {
        List<Field> fields = type.fields();
        DataType[] types = new DataType[fields.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = fields.get(i).type();
        }
        return types;
    }
}
