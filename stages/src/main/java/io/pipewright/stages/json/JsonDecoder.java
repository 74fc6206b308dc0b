package io.pipewright.stages.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.type.RecordType;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object per message, streaming and in one pass, and stores only the fields of the materialised type.
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
    private final transient JsonFactory factory;
    private final transient ObjectReader reader;

    /**
     * A decoder of the fields of {@code materialised}, in its order.
     *
     * @throws IllegalArgumentException when {@code materialised} has a field that {@code declared} has not
     */
    public JsonDecoder(DeclaredRecord declared, RecordType materialised) {
        this.declared = declared;
        this.materialised = materialised;
        this.factory = JsonInput.factory();
        this.reader = new ObjectReader(declared, materialised);
    }

    @Override
    public Decoded decode(byte[] bytes, @Nullable Origin origin) {
        int invalid = Utf8.firstInvalid(bytes);
        if (invalid >= 0) {
            return new Decoded.Malformed(
                    Refusal.INVALID_UTF8,
                    String.format("Byte %d of %d, 0x%02X, is not UTF-8.", invalid, bytes.length, bytes[invalid]));
        }
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            if (bytes[i] == 0) { // Jackson would take it for UTF-16
                return malformed("The text is not JSON: byte " + i + " is 0.");
            }
        }
        try {
            return read(bytes, origin);
        } catch (Refusal refusal) {
            return new Decoded.Malformed(refusal.code(), refusal.reason());
        } catch (JacksonException e) {
            return malformed(reason(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // reading an array does no I/O
        }
    }

    private Decoded read(byte[] bytes, @Nullable Origin origin) throws IOException, Refusal {
        JsonInput in = JsonInput.of(factory, bytes);
        try (in.parser) {
            if (in.parser.nextToken() == null) {
                return malformed("The message is empty.");
            }
            DataRecord record = reader.read(in, origin);
            return in.parser.nextToken() == null
                    ? new Decoded.Ok(record)
                    : malformed("The text goes on after the end of the JSON object.");
        }
    }

    private static Decoded malformed(String reason) {
        return new Decoded.Malformed(Refusal.MALFORMED_JSON, reason);
    }

    private static String reason(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            boolean deep = e.getOriginalMessage().contains("depth");
            return deep
                    ? "The JSON is nested deeper than " + JsonInput.DEEPEST + " levels."
                    : "A number is longer than " + JsonInput.LONGEST_NUMBER + " characters.";
        }
        long offset = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
        if (e instanceof JsonEOFException) {
            return "The text is not JSON: it ends too early, at byte " + offset + ".";
        }
        String message = e.getOriginalMessage();
        int colon = message.indexOf(": ");
        String cause = Excerpt.of(colon < 0 ? message : message.substring(0, colon));
        return "The text is not JSON, near byte " + offset + ": " + cause + ".";
    }

    private Object readResolve() {
        return new JsonDecoder(declared, materialised);
    }
}
