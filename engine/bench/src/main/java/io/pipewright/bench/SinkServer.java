package io.pipewright.bench;

import com.datastax.oss.driver.api.core.cql.Row;
import io.pipewright.bench.contender.SinkRow;
import io.pipewright.bench.feed.RowHash;
import io.pipewright.bench.feed.Tally;
import io.pipewright.sandbox.CassandraRows;
import io.pipewright.sandbox.CassandraServer;
import io.pipewright.sandbox.KafkaServer;
import io.pipewright.sandbox.SandboxTopics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** A server that contenders write to, as the command sees it that prepares and checks. */
interface SinkServer extends AutoCloseable {

    /** {@code host:port}. */
    String address();

    /** Makes an empty table or topic of this name. */
    void create(String place);

    /** What the table or the topic holds. */
    Tally read(String place);

    /** Gives back the room of what is not wanted any longer, where it is much. */
    void release(String place);

    @Override
    void close();

    /** Tables, each in a keyspace of its own. */
    record Tables(CassandraServer server, CassandraRows session) implements SinkServer {

        static Tables of(CassandraServer server) {
            return new Tables(server, CassandraRows.connect(server.contactPoint()));
        }

        @Override
        public String address() {
            return server.hostAndPort();
        }

        @Override
        public void create(String place) {
            session.execute("CREATE KEYSPACE " + place
                    + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
            session.runScript(SinkRow.table(place));
        }

        @Override
        public Tally read(String place) {
            AtomicLong rows = new AtomicLong();
            AtomicLong sum = new AtomicLong();
            session.forEach(place + ".rows", row -> {
                rows.incrementAndGet();
                sum.addAndGet(hash(row));
            });
            return Tally.of(rows.get(), sum.get());
        }

        private static long hash(Row row) {
            Instant time = Objects.requireNonNull(row.getInstant("time"));
            return RowHash.row(
                    text(row, "customer"),
                    row.getLong("number"),
                    text(row, "channel"),
                    text(row, "status"),
                    time.toEpochMilli(),
                    row.getDouble("seconds"));
        }

        private static String text(Row row, String column) {
            return Objects.requireNonNull(row.getString(column));
        }

        /** Tables are small, and a change of schema can hold a busy server up for long. */
        @Override
        public void release(String place) {}

        @Override
        public void close() {
            session.close();
        }
    }

    /** Topics of two partitions. */
    record Topics(KafkaServer server, SandboxTopics admin) implements SinkServer {

        static Topics of(KafkaServer server) {
            return new Topics(server, new SandboxTopics(server.bootstrapServers()));
        }

        @Override
        public String address() {
            return server.bootstrapServers();
        }

        @Override
        public void create(String place) {
            admin.create(place, 2);
        }

        @Override
        public Tally read(String place) {
            AtomicLong rows = new AtomicLong();
            AtomicLong sum = new AtomicLong();
            admin.forEach(place, message -> {
                rows.incrementAndGet();
                String key = Objects.requireNonNullElse(message.key(), "");
                sum.addAndGet(RowHash.message(key.getBytes(StandardCharsets.UTF_8), message.value()));
            });
            return Tally.of(rows.get(), sum.get());
        }

        @Override
        public void release(String place) {
            admin.delete(place);
        }

        @Override
        public void close() {
            admin.close();
        }
    }
}
