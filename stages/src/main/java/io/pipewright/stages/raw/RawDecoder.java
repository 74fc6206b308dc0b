package io.pipewright.stages.raw;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.text.TextRecord;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes a message as it is; as a string it must be UTF-8 ({@code invalid-utf8}), whether or not it is read. */
final class RawDecoder implements RecordDecoder {

    private static final long serialVersionUID = 1L;

    private final boolean text;
    private final int size;
    private final int content;
    private final int file;
    private final int lineNumber;

    /**
     * @param field the one that is the message
     * @param text whether it is a string
     */
    RawDecoder(String field, boolean text, RecordType materialised) {
        this.text = text;
        this.size = materialised.size();
        this.content = materialised.indexOf(field);
        this.file = place(RawFormat.FILE, field, materialised);
        this.lineNumber = place(RawFormat.LINE_NUMBER, field, materialised);
    }

    private static int place(String name, String field, RecordType materialised) {
        return name.equals(field) ? -1 : materialised.indexOf(name);
    }

    @Override
    public Decoded decode(byte[] bytes, @Nullable Origin origin) {
        Decoded.Malformed notUtf8 = text ? TextRecord.notUtf8(bytes) : null;
        if (notUtf8 != null) {
            return notUtf8;
        }
        @Nullable Object[] values = new Object[size];
        if (content >= 0) {
            values[content] = text ? new String(bytes, StandardCharsets.UTF_8) : bytes;
        }
        if (origin != null && file >= 0) {
            values[file] = origin.topic();
        }
        if (origin != null && lineNumber >= 0) {
            values[lineNumber] = origin.offset();
        }
        return new Decoded.Ok(new DataRecord(values, origin));
    }
}
