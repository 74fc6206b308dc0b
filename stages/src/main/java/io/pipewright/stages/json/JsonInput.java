package io.pipewright.stages.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One message being read: its bytes and a parser somewhere in them. */
final class JsonInput {

    static final int DEEPEST = 512;
    static final int LONGEST_NUMBER = 1000;

    private final JsonFactory factory;
    private final byte[] bytes;
    private final int start;
    final JsonParser parser;

    private JsonInput(JsonFactory factory, byte[] bytes, int start) throws IOException {
        this.factory = factory;
        this.bytes = bytes;
        this.start = start;
        this.parser = factory.createParser(bytes, start, bytes.length - start);
    }

    static JsonInput of(JsonFactory factory, byte[] bytes) throws IOException {
        return new JsonInput(factory, bytes, 0);
    }

    /** The strict parser: nothing beyond RFC 8259, bounded depth and numbers. */
    static JsonFactory factory() {
        return new JsonFactoryBuilder()
                .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                .configure(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW, false)
                .configure(StreamReadFeature.USE_FAST_DOUBLE_PARSER, true)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /** The value that the parser stands on, to be read a second time; the first token is already current. */
    JsonInput again() throws IOException {
        int offset = start + (int) parser.currentTokenLocation().getByteOffset();
        JsonInput again = new JsonInput(factory, bytes, offset);
        again.parser.nextToken();
        return again;
    }

    /** Skips the value that the parser stands on and returns its text as it was written. */
    String skipRaw() throws IOException {
        int from = start + (int) parser.currentTokenLocation().getByteOffset();
        JsonToken token = parser.currentToken();
        if (token.isStructStart()) {
            parser.skipChildren();
        } else {
            parser.finishToken();
        }
        int to = start + (int) parser.currentLocation().getByteOffset();
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    void skip() throws IOException {
        parser.skipChildren();
    }
}
