package io.pipewright.stages.cxone;

import java.time.Duration;

/**
 * How long one attempt of an HTTP call may take, each above zero.
 *
 * @param connect until the connection stands, per address of the host
 * @param read between two bytes of the answer
 * @param call for the whole attempt: resolving, connecting, redirects and reading the body
 */
public record TimeLimits(Duration connect, Duration read, Duration call) {

    /** 5 s to connect, 10 s between bytes, 20 s for the attempt. */
    public static final TimeLimits DEFAULTS =
            new TimeLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));

    /** Refuses limits that are zero or negative, which OkHttp would read as "no limit". */
    public TimeLimits {
        requirePositive(connect, "connect");
        requirePositive(read, "read");
        requirePositive(call, "call");
    }

    static void requirePositive(Duration value, String name) {
        if (value.toMillis() <= 0) {
            throw new IllegalArgumentException(name + " must be at least 1 ms, not " + value);
        }
    }
}
