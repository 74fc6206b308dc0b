package io.pipewright.bench.contender;

import io.pipewright.bench.feed.RowHash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.stream.IntStream;

/** A row that sinks write; its number says all of it, so that every contender writes the same rows. */
public record SinkRow(String customer, long number, String channel, String status, Instant time, double seconds) {

    private static final long START = 1_704_067_200_000L;
    private static final List<String> CHANNELS = List.of("VOICE", "CHAT", "EMAIL", "SMS", "SOCIAL");
    private static final List<String> STATUSES = List.of("COMPLETED", "FAILURE", "CALLBACK_REQUEST");
    private static final List<String> CUSTOMERS =
            IntStream.range(0, 10_000).mapToObj("C%08d"::formatted).toList();

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** The table of the rows, in a keyspace. */
    public static String table(String keyspace) {
        return """
            CREATE TABLE %s.rows (customer text, number bigint, channel text, status text, time timestamp,
              seconds double, PRIMARY KEY (customer, number));
            """
                .formatted(keyspace);
    }

    static SinkRow of(long number) {
        return new SinkRow(
                CUSTOMERS.get((int) (number * 7 % CUSTOMERS.size())),
                number,
                CHANNELS.get((int) (number % CHANNELS.size())),
                STATUSES.get((int) (number % STATUSES.size())),
                Instant.ofEpochMilli(START + number),
                number % 600 + 0.5);
    }

    /** As the message of a topic. */
    byte[] json() {
        return ("{\"customer\":\"" + customer + "\",\"number\":" + number + ",\"channel\":\"" + channel
                        + "\",\"status\":\"" + status + "\",\"time\":\"" + MILLIS.format(time) + "\",\"seconds\":"
                        + seconds
                        + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    byte[] key() {
        return customer.getBytes(StandardCharsets.UTF_8);
    }

    /** What it adds to the checksum of a table. */
    public long hash() {
        return RowHash.row(customer, number, channel, status, time.toEpochMilli(), seconds);
    }

    /** What its message adds to the checksum of a topic. */
    long messageHash() {
        return RowHash.message(key(), json());
    }
}
