package io.pipewright.stages.json;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.record.RecordJson;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.RecordType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes records as one JSON object each, in UTF-8 and without line breaks; the form is {@link RecordJson}'s. */
public final class JsonEncoder implements RecordEncoder {

    private static final long serialVersionUID = 1L;

    /** What a builder may have room for and be used again, in characters. */
    private static final int KEPT_LENGTH = 1 << 16;

    private final RecordJson json;
    private transient @Nullable StringBuilder last;

    public JsonEncoder(RecordType type, TimestampFormat timestamps) {
        this.json = new RecordJson(type, timestamps);
    }

    @Override
    public byte[] encode(DataRecord record) {
        StringBuilder out = last == null ? new StringBuilder(256) : last;
        out.setLength(0);
        json.append(out, record);
        last = out.capacity() > KEPT_LENGTH ? null : out;
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
