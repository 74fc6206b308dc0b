package io.pipewright.sandbox.cxone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pipewright.sandbox.TopicRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a record of the topic says, read without any of the engine's code. */
sealed interface Reading {

    /** White space: skipped. */
    record Blank() implements Reading {}

    /** No event: what the source refuses. */
    record Malformed() implements Reading {}

    /**
     * An event, its values as they are.
     *
     * @param time its own, else the Kafka record's
     * @param timed whether it has one of its own
     */
    record Event(
            String recordType,
            Optional<String> interactionId,
            Optional<String> customerId,
            Optional<String> channel,
            Optional<String> status,
            Optional<String> tier,
            Optional<String> region,
            long time,
            boolean timed)
            implements Reading {

        boolean isUpdate() {
            return recordType.equals("customer_update");
        }

        /** Whether it has all that its route asks for. */
        boolean isComplete() {
            return isUpdate()
                    ? customerId.isPresent() && tier.isPresent() && region.isPresent()
                    : interactionId.isPresent() && channel.isPresent() && timed;
        }

        boolean isIdentified() {
            return customerId.isPresent() && status.isPresent();
        }

        Instant instant() {
            return Instant.ofEpochMilli(time);
        }
    }

    JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static Reading of(TopicRecord r) {
        String text = utf8(r.value());
        if (text == null) {
            return new Malformed();
        }
        if (text.isBlank()) {
            return new Blank();
        }
        try {
            JsonNode node = JSON.readTree(text);
            return node.isObject() ? event(node, r.timestamp()) : new Malformed();
        } catch (JsonProcessingException | WrongTypeException e) {
            return new Malformed();
        }
    }

    private static Reading event(JsonNode node, long kafkaTime) throws WrongTypeException {
        Optional<String> recordType = text(node, "recordType");
        if (recordType.isEmpty()) {
            return new Malformed();
        }
        JsonNode timestamp = node.path("timestamp");
        boolean timed = !timestamp.isMissingNode() && !timestamp.isNull();
        if (timed && !(timestamp.isIntegralNumber() && timestamp.canConvertToLong())) {
            return new Malformed();
        }
        return new Event(
                recordType.get(),
                text(node, "interactionId"),
                text(node, "customerId"),
                text(node, "channel"),
                text(node, "status"),
                text(node, "tier"),
                text(node, "region"),
                timed ? timestamp.longValue() : kafkaTime,
                timed);
    }

    private static Optional<String> text(JsonNode node, String name) throws WrongTypeException {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new WrongTypeException();
        }
        return Optional.of(value.textValue());
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** A value is not of its field's type. */
    final class WrongTypeException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
