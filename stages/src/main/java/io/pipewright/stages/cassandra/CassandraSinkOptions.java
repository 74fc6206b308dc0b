package io.pipewright.stages.cassandra;

import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import io.pipewright.stages.retry.RetryRules;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a sink of type {@code cassandra}. */
public record CassandraSinkOptions(
        @Option(doc = "The connection, of type `cassandra`, to write over.") ConnectionRef connection,
        @Option(doc = "The table as `keyspace.table`; the connection's `schema` must declare it.") String table,
        @Option(
                        doc =
                                "The columns to write and the expression over the input that gives each; all columns of the"
                                        + " primary key must be among them. If absent, every field is written to the column of its"
                                        + " name, but for the `op` of rows that replace earlier ones.")
                @Nullable
                Map<String, Expression> columns,
        @Option(
                        doc =
                                "What a null does to its column: `unset` leaves what the table holds, `write` deletes it (with a"
                                        + " tombstone). If absent, `write` where rows replace earlier ones, else `unset`.")
                @Nullable
                Nulls nulls,
        @Option(
                        doc = "How many replicas must have taken a write before it counts as written.",
                        defaultValue = "localQuorum")
                Consistency consistency,
        @Option(
                        doc =
                                "After how long Cassandra deletes a written row again, in whole seconds; never if absent.",
                        least = "1s",
                        most = "7300d")
                @Nullable
                Duration ttl,
        @Option(
                        doc = "How many writes of one subtask may wait for their answer at a time, those that wait"
                                + " for a retry among them; beyond that the input waits.",
                        least = "1",
                        most = "32768",
                        defaultValue = "128")
                int maxInFlight,
        @Option(doc = "How long one attempt may take.", defaultValue = "10s", least = "1ms") Duration timeout,
        @Option(doc = "What happens to writes that fail for now. Not for `writer: connector`.") @Nullable Retry retry,
        @Option(
                        doc =
                                "The timestamp of a write, by which Cassandra decides which of two writes to a row is the later"
                                        + " one: `now` is the machine's clock at the first attempt, rising with every record;"
                                        + " `eventTime` is the record's, so that an older event never overwrites a newer one (of two"
                                        + " writes with equal event time the greater value stays). Rows that replace earlier ones"
                                        + " are written with `now` only.",
                        defaultValue = "now")
                WriteTimestamp writeTimestamp,
        @Option(
                        doc =
                                "`async` is the engine's own writer, with an exact outcome for every record; `connector` is"
                                        + " flink-connector-cassandra, which has no `.errors` port, no retries, and fails the job for a"
                                        + " refused row.",
                        defaultValue = "async",
                        change = Option.Change.SPLITS)
                Writer writer) {

    public CassandraSinkOptions {
        columns = columns == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** What a null does to its column. */
    public enum Nulls {
        UNSET,
        WRITE
    }

    /** Cassandra's consistency levels for writes. */
    public enum Consistency {
        ANY,
        ONE,
        TWO,
        THREE,
        QUORUM,
        ALL,
        LOCAL_ONE,
        LOCAL_QUORUM,
        EACH_QUORUM
    }

    /** Where the timestamp of a write comes from. */
    public enum WriteTimestamp {
        EVENT_TIME,
        NOW
    }

    /** Which writer is used. */
    public enum Writer {
        ASYNC,
        CONNECTOR
    }

    /**
     * The {@code retry} block. Attempts wait {@code backoff}, twice that, and so on up to {@code maxBackoff}, each
     * shortened by a random part of up to a half.
     */
    public record Retry(
            @Option(
                            doc =
                                    "After how many attempts that the server answered with a failure (overloaded, unavailable,"
                                            + " timed out, write failure) a record goes to `.errors` as `gave-up`.",
                            least = "1",
                            defaultValue = "8")
                    int maxAttempts,
            @Option(doc = "How long the first retry waits.", defaultValue = "100ms", least = "1ms") Duration backoff,
            @Option(doc = "How long any retry waits at most.", defaultValue = "5s") Duration maxBackoff,
            @Option(
                            doc =
                                    "For how long no node at all may answer before the job fails; attempts in that time are not"
                                            + " counted, also at the start of the job.",
                            defaultValue = "10m")
                    Duration unreachableFor)
            implements Serializable {

        static final Retry DEFAULT =
                new Retry(8, Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofMinutes(10));

        RetryRules rules() {
            return new RetryRules(maxAttempts, backoff, maxBackoff, unreachableFor);
        }
    }
}
