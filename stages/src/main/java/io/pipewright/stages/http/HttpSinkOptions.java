package io.pipewright.stages.http;

import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.Secret;
import io.pipewright.stages.retry.RetryRules;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of an {@code http} sink. */
public record HttpSinkOptions(
        @Option(doc = "The `http` connection; its `baseUrl`, `timeouts` and `auth` are used.") ConnectionRef connection,
        @Option(doc = "How records are sent.", defaultValue = "post") Method method,
        @Option(doc = "Where they are sent, below the connection's `baseUrl`; begins with a slash.") String path,
        @Option(doc = "Headers of every request, each with its text.") @Nullable Map<String, String> headers,
        @Option(
                        doc = "What is sent: a name of the JSON object for each expression over the record; all its"
                                + " fields if absent. Timestamps are ISO-8601, nulls are null.")
                @Nullable
                Map<String, Expression> body,
        @Option(doc = "Sends several records in one request, as a JSON array; without it each is a request of its own.")
                @Nullable
                Batch batch,
        @Option(doc = "Proves to the server that a request comes from here and was not changed.") @Nullable
                Signature signature,
        @Option(
                        doc = "The value of the header `Idempotency-Key`, as text: equal for each time that a record is"
                                + " sent, so that the server can tell a repetition. Not with `batch`.")
                @Nullable
                Expression idempotencyKey,
        @Option(
                        doc =
                                "How many requests each subtask may have unanswered, those that wait for a retry among them;"
                                        + " beyond that the input waits. With 1 records of a subtask keep their order.",
                        least = "1",
                        most = "1024",
                        defaultValue = "16")
                int maxInFlight,
        @Option(doc = "How many requests all subtasks together may send, such as `100/s`; repetitions count.") @Nullable
                Rate rateLimit,
        @Option(doc = "What happens to requests that fail for now.") @Nullable Retry retry) {

    /** How records are sent. */
    public enum Method {
        POST,
        PUT,
        PATCH
    }

    /** The {@code batch} block. */
    public record Batch(
            @Option(doc = "How many records are in a request at most.", least = "1", most = "10000") int size,
            @Option(
                            doc =
                                    "How long the first record of a request waits for others; a checkpoint waits for none.",
                            least = "1ms",
                            defaultValue = "1s")
                    Duration linger)
            implements Serializable {}

    /** The {@code signature} block: the header is {@code sha256=} and the HMAC of the body, in hexadecimal. */
    public record Signature(
            @Option(doc = "The key that the server knows too.", secret = true) Secret secret,
            @Option(
                            doc = "The header that holds the name of the algorithm, `=`, and the HMAC (RFC 2104) of the"
                                    + " body's bytes in hexadecimal.",
                            defaultValue = "X-Signature")
                    String header,
            @Option(doc = "The hash function of the HMAC.", defaultValue = "sha256") Algorithm algorithm)
            implements Serializable {}

    /** A hash function. */
    public enum Algorithm {
        SHA256,
        SHA512
    }

    /**
     * The {@code retry} block. Attempts wait {@code backoff}, twice that, and so on up to {@code maxBackoff}, each
     * shortened by a random part of up to a half.
     */
    public record Retry(
            @Option(
                            doc =
                                    "After how many attempts that the server answered with 408, 425, 429 or 5xx its records go to"
                                            + " `.errors` as `gave-up`.",
                            least = "1",
                            defaultValue = "8")
                    int maxAttempts,
            @Option(doc = "How long the first retry waits.", defaultValue = "100ms", least = "1ms") Duration backoff,
            @Option(
                            doc = "How long any retry waits at most, also one for which the server asks with"
                                    + " `Retry-After`.",
                            defaultValue = "10s",
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
                new Retry(8, Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofMinutes(10));

        RetryRules rules() {
            return new RetryRules(maxAttempts, backoff, maxBackoff, unreachableFor);
        }
    }
}
