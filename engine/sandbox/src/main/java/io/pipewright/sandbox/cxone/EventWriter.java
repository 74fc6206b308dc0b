package io.pipewright.sandbox.cxone;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes single records of every kind at a given event time, each sent up to 1.5 s after it. */
final class EventWriter {
    private static final List<String> CHANNELS = List.of("VOICE", "CHAT", "EMAIL", "SMS", "SOCIAL");
    private static final List<String> TIERS = List.of("BRONZE", "SILVER", "GOLD", "PLATINUM");
    private static final List<String> REGIONS =
            List.of("EU", "US", "APAC", "Z\u00fcrich", "\u5317\u4eac", "\ud83c\udf0d");
    private static final List<String> BLANKS = List.of("", " ", "\t", "\r\n", "  \n ");
    private static final int DISORDER = (int) InteractionGenerator.DISORDER.toMillis();

    private final GeneratorOptions options;
    private final Random random;
    private final Customers customers;
    private final EventJson json;
    private final MalformedEvents malformed = new MalformedEvents();
    private int interactions;
    private int incomplete;
    private int future;

    EventWriter(GeneratorOptions options, Random random, Customers customers) {
        this.options = options;
        this.random = random;
        this.customers = customers;
        this.json = new EventJson(random);
    }

    private static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private long sent(long time) {
        // A third comes at once, the others up to 1.5 s later.
        return random.nextInt(3) == 0 ? time : time + random.nextInt(DISORDER + 1);
    }

    private String nextId() {
        return "i" + ++interactions;
    }

    PlannedRecord interaction(long time, String customer, String status) {
        byte[] value = json.interaction(nextId(), customer, pick(CHANNELS, random), status, time);
        return new PlannedRecord(RecordKind.INTERACTION, time, sent(time), customer, value);
    }

    PlannedRecord anonymous(long time) {
        boolean known = random.nextInt(3) == 0;
        String customer = known ? customers.any() : null;
        String status = known ? null : anyStatus();
        byte[] value = json.interaction(nextId(), customer, pick(CHANNELS, random), status, time);
        return new PlannedRecord(RecordKind.ANONYMOUS_INTERACTION, time, sent(time), customer, value);
    }

    String anyStatus() {
        int n = random.nextInt(10);
        return n < 5 ? "SUCCESS" : n < 8 ? "FAILURE" : n < 9 ? "CALLBACK_REQUEST" : "ABANDONED";
    }

    PlannedRecord update(long time, String customer) {
        byte[] value = json.update(customer, pick(TIERS, random), pick(REGIONS, random), time);
        return new PlannedRecord(RecordKind.CUSTOMER_UPDATE, time, sent(time), customer, value);
    }

    PlannedRecord untimedUpdate(long time, String customer) {
        byte[] value = json.update(customer, pick(TIERS, random), pick(REGIONS, random), null);
        return new PlannedRecord(RecordKind.UNTIMED_UPDATE, time, time, customer, value);
    }

    PlannedRecord duplicate(PlannedRecord original) {
        return new PlannedRecord(
                RecordKind.DUPLICATE, original.time(), sent(original.time()), original.key(), original.value());
    }

    PlannedRecord malformed(long time) {
        return new PlannedRecord(RecordKind.MALFORMED, time, sent(time), customers.any(), malformed.next(time));
    }

    PlannedRecord blank(long time) {
        byte[] value = pick(BLANKS, random).getBytes(StandardCharsets.UTF_8);
        return new PlannedRecord(RecordKind.BLANK, time, sent(time), null, value);
    }

    PlannedRecord farFuture(long time) {
        long ahead = ++future % 10 == 0
                ? Long.MAX_VALUE
                : options.base().plus(Duration.ofDays(1)).toEpochMilli() + random.nextInt(1_000_000_000);
        String customer = customers.any();
        byte[] value = json.interaction(nextId(), customer, pick(CHANNELS, random), "FAILURE", ahead);
        return new PlannedRecord(RecordKind.FAR_FUTURE, time, sent(time), customer, value);
    }

    PlannedRecord incomplete(long time) {
        String customer = customers.any();
        String channel = pick(CHANNELS, random);
        return switch (incomplete++ % 7) {
            case 0 -> incomplete(time, customer, json.interaction(nextId(), customer, null, "FAILURE", time));
            case 1 -> incomplete(time, customer, json.interaction(null, customer, channel, "FAILURE", time));
            case 2 -> incomplete(time, customer, json.update(customer, null, "EU", time));
            case 3 -> incomplete(time, customer, json.update(customer, "GOLD", null, time));
            case 4 -> incomplete(time, null, json.update(null, "GOLD", "EU", time));
            case 5 -> incomplete(
                    time, customer, json.object(List.of("\"recordType\":\"agent_state\"", "\"timestamp\":" + time)));
                // An interaction must carry its time itself; the event time is the Kafka record's all the same.
            default -> new PlannedRecord(
                    RecordKind.INCOMPLETE,
                    time,
                    time,
                    customer,
                    json.interaction(nextId(), customer, channel, "FAILURE", null));
        };
    }

    private PlannedRecord incomplete(long time, @Nullable String key, byte[] value) {
        return new PlannedRecord(RecordKind.INCOMPLETE, time, sent(time), key, value);
    }

    /** A record whose time the watermark has passed; its interaction id, or its customer and time, occur once. */
    PlannedRecord late(long time, long sentAt) {
        int n = random.nextInt(10);
        PlannedRecord r = n < 2
                ? update(time, customers.any())
                : n < 3 ? anonymous(time) : interaction(time, customers.any(), anyStatus());
        RecordKind kind = r.kind() == RecordKind.CUSTOMER_UPDATE ? RecordKind.LATE_UPDATE : RecordKind.LATE_INTERACTION;
        return new PlannedRecord(kind, time, sentAt, r.key(), r.value());
    }
}
