package io.pipewright.bench.contender;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pipewright.bench.contender.Pojos.DeadLetter;
import io.pipewright.bench.contender.Pojos.Event;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Reads a line once with Jackson's streaming parser, keeping the fields that the job uses and skipping the others. */
final class ParseFunction extends ProcessFunction<byte[], Event> {

    static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};

    private static final long serialVersionUID = 1L;

    private transient @Nullable JsonFactory factory;

    @Override
    public void open(OpenContext context) {
        factory = new JsonFactory();
    }

    @Override
    public void processElement(byte[] line, Context context, Collector<Event> out) {
        Event event = factory == null ? null : parse(factory, line);
        if (event == null) {
            context.output(DEAD_LETTERS, deadLetter(line, true, 0));
        } else if (isComplete(event)) {
            out.collect(event);
        } else {
            context.output(DEAD_LETTERS, deadLetter(line, false, event.timestamp));
        }
    }

    /** An event, or null for what is none. */
    static @Nullable Event parse(JsonFactory factory, byte[] line) {
        try (JsonParser parser = factory.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Event event = new Event();
            boolean known = false;
            boolean timed = false;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                switch (name) {
                    case "recordType" -> {
                        String type = text(parser);
                        known = type != null;
                        event.update = "customer_update".equals(type);
                    }
                    case "interactionId" -> event.interactionId = text(parser);
                    case "customerId" -> event.customerId = text(parser);
                    case "channel" -> event.channel = text(parser);
                    case "status" -> event.status = text(parser);
                    case "tier" -> event.tier = text(parser);
                    case "region" -> event.region = text(parser);
                    case "timestamp" -> {
                        timed = parser.nextToken() == JsonToken.VALUE_NUMBER_INT;
                        event.timestamp = timed ? parser.getLongValue() : 0;
                    }
                    default -> {
                        parser.nextToken();
                        parser.skipChildren();
                    }
                }
            }
            boolean ended = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
            return ended && known && timed ? event : null;
        } catch (IOException malformed) {
            return null;
        }
    }

    private static @Nullable String text(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING) {
            throw new IOException("no text");
        }
        return parser.getText();
    }

    private static boolean isComplete(Event event) {
        return event.update
                ? event.customerId != null && event.tier != null && event.region != null
                : event.interactionId != null && event.channel != null;
    }

    private static DeadLetter deadLetter(byte[] line, boolean malformed, long timestamp) {
        DeadLetter letter = new DeadLetter();
        letter.raw = line;
        letter.malformed = malformed;
        letter.timestamp = timestamp;
        return letter;
    }
}
