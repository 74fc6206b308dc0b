package io.pipewright.stages.csv;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordEncoder;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.text.TextRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Writes records as lines of cells, such as {@link CsvDecoder} reads; a cell has quotes only where it needs them. */
final class CsvEncoder implements RecordEncoder {

    private static final long serialVersionUID = 1L;

    private final List<Field> fields;
    private final Dialect dialect;
    private final boolean header;
    private final TimestampFormat timestamps;

    /** @throws IllegalArgumentException for a field that is no scalar */
    CsvEncoder(RecordType written, Dialect dialect, boolean header, TimestampFormat timestamps) {
        this.fields = written.fields();
        this.dialect = dialect;
        this.header = header;
        this.timestamps = timestamps;
        if (fields.stream().anyMatch(field -> !(field.type() instanceof Scalar))) {
            throw new IllegalArgumentException("A cell cannot hold every field of " + written + ".");
        }
    }

    @Override
    public byte[] encode(DataRecord record) {
        StringBuilder line = new StringBuilder(128);
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                line.append(dialect.delimiter());
            }
            Object value = record.get(i);
            if (value == null) {
                line.append(dialect.nullValue());
            } else {
                append(line, TextRecord.text((Scalar) fields.get(i).type(), value, timestamps));
            }
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<byte[]> header() {
        if (!header) {
            return Optional.empty();
        }
        StringBuilder line = new StringBuilder();
        for (Field field : fields) {
            append(line.append(line.isEmpty() ? "" : dialect.delimiter()), field.name());
        }
        return Optional.of(line.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void append(StringBuilder line, String text) {
        if (!needsQuotes(text)) {
            line.append(text);
            return;
        }
        String quote = String.valueOf(dialect.quote());
        line.append(quote).append(text.replace(quote, quote + quote)).append(quote);
    }

    /** Also of a text of white space alone, which would else make a blank line if nothing else is in it. */
    private boolean needsQuotes(String text) {
        if (text.isBlank() || text.equals(dialect.nullValue())) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == dialect.delimiter() || c == dialect.quote() || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }
}
