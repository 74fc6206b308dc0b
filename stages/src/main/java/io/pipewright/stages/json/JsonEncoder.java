package io.pipewright.stages.json;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.record.RecordJson;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.RecordType;
import java.nio.charset.StandardCharsets;

/** Writes records as one JSON object each, in UTF-8 and without line breaks; the form is {@link RecordJson}'s. */
public final class JsonEncoder implements RecordEncoder {

    private static final long serialVersionUID = 1L;

    private final RecordJson json;

    public JsonEncoder(RecordType type, TimestampFormat timestamps) {
        this.json = new RecordJson(type, timestamps);
    }

    @Override
    public byte[] encode(DataRecord record) {
        return json.text(record).getBytes(StandardCharsets.UTF_8);
    }
}
