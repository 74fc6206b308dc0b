package io.pipewright.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pipewright.diagnostic.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Where in a text of JSON the values begin that JSON pointers name. */
final class JsonPlaces {

    private static final Position START = new Position(1, 1);

    private final Map<String, Position> byPointer = new HashMap<>();

    private JsonPlaces() {}

    /** Finds the values in a text that is JSON; if one is not there, the nearest around it. */
    static JsonPlaces of(String text, Collection<String> pointers) {
        JsonPlaces places = new JsonPlaces();
        pointers.forEach(pointer -> places.byPointer.put(pointer, START));
        if (pointers.isEmpty()) {
            return places;
        }
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean value = token != JsonToken.FIELD_NAME && !token.isStructEnd();
                if (value && !places.pass(parser)) {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The text was read before", e);
        }
        return places;
    }

    /** Notes a value for the pointers that lead to it or on from it; whether there are any. */
    private boolean pass(JsonParser parser) {
        String here = parser.getParsingContext().pathAsPointer() + "/";
        boolean passed = false;
        for (Map.Entry<String, Position> place : byPointer.entrySet()) {
            if ((place.getKey() + "/").startsWith(here)) {
                place.setValue(position(parser.currentTokenLocation()));
                passed = true;
            }
        }
        return passed;
    }

    Position of(String pointer) {
        return byPointer.getOrDefault(pointer, START);
    }

    static Position position(JsonLocation at) {
        return new Position(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }
}
