package io.pipewright.spi.record;

import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The description of a record type as the snapshots of serializers keep it: names, types and nullability, in version 1.
 *
 * <p>Scalars are kept by name, so that a later order of {@link Scalar} does not change what old bytes mean.
 */
final class TypeFormat {

    static final int VERSION = 1;

    private TypeFormat() {}

    static void writeRecord(RecordType type, DataOutputView out) throws IOException {
        out.writeUTF(type.name());
        out.writeInt(type.size());
        for (Field field : type.fields()) {
            out.writeUTF(field.name());
            out.writeBoolean(field.nullable());
            write(field.type(), out);
        }
    }

    static RecordType readRecord(int version, DataInputView in) throws IOException {
        if (version != VERSION) {
            throw new IOException("State was written by a newer Pipewright (type format " + version
                    + "); restore it with that version or a later one.");
        }
        String name = in.readUTF();
        int size = in.readInt();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String field = in.readUTF();
            boolean nullable = in.readBoolean();
            fields.add(new Field(field, read(version, in), nullable));
        }
        return new RecordType(name, fields);
    }

    private static void write(DataType type, DataOutputView out) throws IOException {
        if (type instanceof Scalar scalar) {
            out.writeByte('s');
            out.writeUTF(scalar.text());
        } else if (type instanceof ListType list) {
            out.writeByte('l');
            write(list.element(), out);
        } else if (type instanceof MapType map) {
            out.writeByte('m');
            write(map.value(), out);
        } else {
            out.writeByte('r');
            writeRecord((RecordType) type, out);
        }
    }

    private static DataType read(int version, DataInputView in) throws IOException {
        byte tag = in.readByte();
        return switch (tag) {
            case 's' -> Scalar.valueOf(in.readUTF().toUpperCase(Locale.ROOT));
            case 'l' -> new ListType(read(version, in));
            case 'm' -> new MapType(read(version, in));
            case 'r' -> readRecord(version, in);
            default -> throw new IOException("An unknown kind of type, " + tag + ": the snapshot is damaged.");
        };
    }
}
