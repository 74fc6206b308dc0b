package io.pipewright.sandbox.cxone;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as JSON the way different producers would: fields in any order, with and without white space, with fields
 * that nobody declared, with escapes, a missing value left out or written as null.
 */
final class EventJson {
    private static final List<String> EXTRAS = List.of(
            "\"agentId\":17",
            "\"tags\":[\"a\",{\"b\":null},[]]",
            "\"note\":\"Gr\u00fc\u00dfe \ud83d\udc4b, \\\"quoted\\\" \\\\ \\u0041\\n\"",
            "\"waiting\":12.5e-1",
            "\"contact\":{\"channel\":\"NONE\",\"timestamp\":\"nested\"}");

    private final Random random;

    EventJson(Random random) {
        this.random = random;
    }

    byte[] interaction(
            @Nullable String id,
            @Nullable String customer,
            @Nullable String channel,
            @Nullable String status,
            @Nullable Long time) {
        return object(List.of(
                text("recordType", "interaction"),
                text("interactionId", id),
                text("customerId", customer),
                text("channel", channel),
                text("status", status),
                number("timestamp", time)));
    }

    byte[] update(@Nullable String customer, @Nullable String tier, @Nullable String region, @Nullable Long time) {
        return object(List.of(
                text("recordType", "customer_update"),
                text("customerId", customer),
                text("tier", tier),
                text("region", region),
                number("timestamp", time)));
    }

    byte[] object(List<String> members) {
        List<String> written = new ArrayList<>(members);
        written.removeIf(String::isEmpty);
        if (random.nextInt(7) == 0) {
            written.add(EXTRAS.get(random.nextInt(EXTRAS.size())));
        }
        if (random.nextInt(5) == 0) {
            Collections.shuffle(written, random);
        }
        boolean spaced = random.nextInt(10) == 0;
        String text = spaced ? "{ " + String.join(" ,\t", written) + " }" : "{" + String.join(",", written) + "}";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String text(String name, @Nullable String value) {
        if (value == null) {
            return nothing(name);
        }
        if (random.nextInt(200) == 0) {
            return "\"%s\":\"%s\"".formatted(name, escaped(value));
        }
        return "\"" + name + "\":\"" + value + "\"";
    }

    /** Every UTF-16 unit as an escape, both halves of a surrogate pair among them. */
    private static String escaped(String value) {
        return value.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
    }

    private String number(String name, @Nullable Long value) {
        return value == null ? nothing(name) : "\"" + name + "\":" + value;
    }

    private String nothing(String name) {
        return random.nextBoolean() ? "" : "\"" + name + "\":null";
    }
}
