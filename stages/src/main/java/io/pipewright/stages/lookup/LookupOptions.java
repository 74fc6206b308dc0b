package io.pipewright.stages.lookup;

import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.option.SourceFormat;
import io.pipewright.spi.option.TypeName;
import io.pipewright.stages.retry.RetryRules;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@code lookup}. */
public record LookupOptions(
        @Option(doc = "Which server is asked, and what its answer is.") Server server,
        @Option(
                        doc =
                                "What is asked: an expression over the record for each column of the table's primary key, or for"
                                        + " each name in braces of the path. A record for which one of them is null asks"
                                        + " nothing, and is treated as if the server knew nothing.")
                Map<String, Expression> key,
        @Option(doc = "What expressions call the answer: with `profile`, they read `profile.tier`.") String name,
        @Option(
                        doc =
                                "What becomes of a record of whose key the server knows nothing: `keep` sends it on, with the"
                                        + " fields of the answer null; `drop` drops and counts it.",
                        defaultValue = "keep")
                Missing missing,
        @Option(
                        doc =
                                "The fields to add: a name for each expression over the fields of the record and the answer."
                                        + " A field of the record with the same name is replaced.")
                Map<String, Expression> add,
        @Option(
                        doc =
                                "Keeps answers, so that not every record asks; without it, only records that wait for the same"
                                        + " answer at a time share it.")
                @Nullable
                Cache cache,
        @Option(
                        doc =
                                "How many records of each subtask may wait for answers; beyond that the input waits. They leave"
                                        + " in the order in which they came.",
                        least = "1",
                        most = "10000",
                        defaultValue = "100")
                int capacity,
        @Option(doc = "How long one attempt may take.", least = "1ms", defaultValue = "5s") Duration timeout,
        @Option(doc = "What happens to questions that have no answer for now.") @Nullable Retry retry) {

    public LookupOptions {
        key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
        add = Collections.unmodifiableMap(new LinkedHashMap<>(add));
    }

    /** Who is asked. */
    public sealed interface Server permits Cassandra, Http {}

    /** A row of a table. */
    @TypeName("cassandra")
    public record Cassandra(
            @Option(doc = "The connection, of type `cassandra`.") ConnectionRef connection,
            @Option(
                            doc =
                                    "The table as `keyspace.table`; the connection's `schema` must declare it. It is asked by"
                                            + " its whole primary key.")
                    String table,
            @Option(doc = "What a row is: each field is the column of its name, or of its `path` where it has one.")
                    RecordRef record,
            @Option(doc = "How many replicas must agree on the row.", defaultValue = "localQuorum")
                    Consistency consistency)
            implements Server {}

    /** The answer to a GET request. */
    @TypeName("http")
    public record Http(
            @Option(doc = "The `http` connection; its `baseUrl`, `timeouts` and `auth` are used.")
                    ConnectionRef connection,
            @Option(
                            doc =
                                    "What is asked for, below the connection's `baseUrl`; begins with a slash. Names of `key` in"
                                            + " braces stand for their values, as in `/customers/{id}` or `/search?name={name}`.")
                    String path,
            @Option(doc = "Headers of every request, each with its text.") @Nullable Map<String, String> headers,
            @Option(
                            doc =
                                    "How the body of an answer is read, and what it is. The statuses 404 and 410, and an empty"
                                            + " body, mean that the server knows nothing.")
                    SourceFormat format)
            implements Server {}

    /** Cassandra's consistency levels for reads. */
    public enum Consistency {
        ONE,
        TWO,
        THREE,
        QUORUM,
        ALL,
        LOCAL_ONE,
        LOCAL_QUORUM
    }

    /** What becomes of a record of whose key the server knows nothing. */
    public enum Missing {
        KEEP,
        DROP
    }

    /** The {@code cache} block. Each subtask has a cache of its own, which begins empty after every start. */
    public record Cache(
            @Option(
                            doc =
                                    "How long an answer counts, also one that there is nothing, by the clock since it came.",
                            least = "1ms")
                    Duration ttl,
            @Option(
                            doc =
                                    "How many answers each subtask keeps; beyond that the one that was not used for longest"
                                            + " is forgotten.",
                            least = "1",
                            most = "10000000",
                            defaultValue = "10000")
                    int maxEntries)
            implements Serializable {}

    /**
     * The {@code retry} block. Attempts wait {@code backoff}, twice that, and so on up to {@code maxBackoff}, each
     * shortened by a random part of up to a half.
     */
    public record Retry(
            @Option(
                            doc =
                                    "After how many attempts that the server answered with a failure for now its records go to"
                                            + " `.errors` as `gave-up`.",
                            least = "1",
                            defaultValue = "5")
                    int maxAttempts,
            @Option(doc = "How long the first retry waits.", defaultValue = "100ms", least = "1ms") Duration backoff,
            @Option(
                            doc = "How long any retry waits at most, also one for which the server asks with"
                                    + " `Retry-After`.",
                            defaultValue = "5s",
                            least = "1ms")
                    Duration maxBackoff,
            @Option(
                            doc =
                                    "For how long the server may give no answer at all before the job fails; attempts in that"
                                            + " time are not counted.",
                            defaultValue = "10m")
                    Duration unreachableFor)
            implements Serializable {

        static final Retry DEFAULT =
                new Retry(5, Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofMinutes(10));

        RetryRules rules() {
            return new RetryRules(maxAttempts, backoff, maxBackoff, unreachableFor);
        }
    }
}
