package io.pipewright.spi.stage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message has beside its value, its position and its timestamp.
 *
 * @param key null where it has none
 * @param headers by name; where there are several of one name, the last
 */
public record Envelope(byte @Nullable [] key, Map<String, byte[]> headers) {

    /** That of a message without a key and headers, or of one that nobody asks for them. */
    public static final Envelope EMPTY = new Envelope(null, Map.of());

    public Envelope(byte @Nullable [] key, Map<String, byte[]> headers) {
        this.key = key;
        this.headers = headers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
}
