package io.pipewright.stages.json;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.text.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object per message in one pass, and stores only the fields of the materialised type.
 *
 * <p>It is exact: bytes that are not UTF-8, anything beyond RFC 8259, text after the object, nesting deeper than 512
 * levels, numbers longer than 1000 characters, a declared key that occurs twice, half a surrogate pair in a declared
 * field, a required field that is missing or null, and a value that its type cannot hold as it is (see {@link
 * ScalarReader}, {@link TimestampReader}) make the message malformed. A byte order mark at the front is skipped. Fields
 * that are declared but not materialised are checked all the same. Keys that are not declared follow the declaration's
 * {@code unknown}.
 *
 * <p>Codes: {@code malformed-json}, {@code invalid-utf8}, {@code missing-field}, {@code wrong-type}, {@code
 * out-of-range}, {@code unknown-field}.
 */
public final class JsonDecoder implements RecordDecoder {

    private static final long serialVersionUID = 1L;

    private final DeclaredRecord declared;
    private final RecordType materialised;
    private final transient JsonCursor cursor;
    private final transient ObjectReader reader;

    /**
     * A decoder of the fields of {@code materialised}, in its order.
     *
     * @throws IllegalArgumentException when {@code materialised} has a field that {@code declared} has not
     */
    public JsonDecoder(DeclaredRecord declared, RecordType materialised) {
        this.declared = declared;
        this.materialised = materialised;
        this.cursor = new JsonCursor();
        this.reader = new ObjectReader(declared, materialised);
    }

    @Override
    public Decoded decode(byte[] bytes, @Nullable Origin origin) {
        Decoded decoded = read(bytes, origin);
        int suspect = decoded instanceof Decoded.Malformed ? 0 : cursor.beyondAscii();
        if (suspect >= 0) {
            int invalid = Utf8.firstInvalid(bytes, suspect);
            if (invalid >= 0) {
                return new Decoded.Malformed(
                        Refusal.INVALID_UTF8,
                        String.format("Byte %d of %d, 0x%02X, is not UTF-8.", invalid, bytes.length, bytes[invalid]));
            }
        }
        return decoded;
    }

    private Decoded read(byte[] bytes, @Nullable Origin origin) {
        cursor.start(bytes);
        if (cursor.peek() == JsonCursor.END) {
            return malformed(Refusal.ofMessage("The message is empty."));
        }
        DataRecord record = reader.read(cursor, origin);
        Refusal refusal = cursor.refusal();
        if (record == null || refusal != null) {
            return malformed(refusal == null ? Refusal.ofMessage("The message is no record.") : refusal);
        }
        return cursor.ends()
                ? new Decoded.Ok(record)
                : malformed(Refusal.ofMessage("The text goes on after the end of the JSON object."));
    }

    private static Decoded malformed(Refusal refusal) {
        return new Decoded.Malformed(refusal.code(), refusal.reason());
    }

    private Object readResolve() {
        return new JsonDecoder(declared, materialised);
    }
}
