package io.pipewright.sandbox.cxone;

import java.time.Duration;
import java.util.Optional;

/** How {@link CxoneApiSimulator} answers one request instead of as it should. */
public sealed interface ApiAnswer {

    /**
     * A status with an error's body.
     *
     * @param retryAfter the header in whole seconds, if any
     */
    record Status(int code, Optional<Duration> retryAfter) implements ApiAnswer {}

    /** The right answer, after a time. */
    record Slow(Duration after) implements ApiAnswer {}

    /** 200 with a body that is no JSON. */
    record Garbage() implements ApiAnswer {}

    /** 200 with JSON of another shape. */
    record OtherBody(String json) implements ApiAnswer {}

    /** The connection ends without an answer. */
    record Dropped() implements ApiAnswer {}

    /** A status without more. */
    static ApiAnswer status(int code) {
        return new Status(code, Optional.empty());
    }

    /** 429 Too Many Requests with {@code Retry-After}. */
    static ApiAnswer tooManyRequests(Duration retryAfter) {
        return new Status(429, Optional.of(retryAfter));
    }

    /** The right answer, after a time. */
    static ApiAnswer slow(Duration after) {
        return new Slow(after);
    }

    /** 200 with a body that is no JSON. */
    static ApiAnswer garbage() {
        return new Garbage();
    }

    /** The connection ends without an answer. */
    static ApiAnswer dropped() {
        return new Dropped();
    }
}
