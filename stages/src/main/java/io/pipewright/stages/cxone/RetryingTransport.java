package io.pipewright.stages.cxone;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.random.RandomGenerator;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request until it is answered with something that another attempt would not change, or attempts or time run out.
 *
 * <p>The wait before attempt <i>n</i> is uniform in [0, {@code firstBackoff} · 2<sup>n-2</sup>] ("full jitter", so that many clients do not
 * come back together), or what {@code Retry-After} asks for where that is longer; never above {@code maxBackoff}. A wait that would end after the
 * deadline is not begun.
 */
final class RetryingTransport {

    /**
     * The last attempt.
     *
     * @param attempts how many there were
     */
    record Outcome(Attempt last, int attempts) {}

    private static final Duration NONE = Duration.ZERO;

    private final Transport transport;
    private final RetryPolicy policy;
    private final Clock clock;
    private final Sleeper sleeper;
    private final RandomGenerator random;

    RetryingTransport(Transport transport, RetryPolicy policy, Clock clock, Sleeper sleeper, RandomGenerator random) {
        this.transport = transport;
        this.policy = policy;
        this.clock = clock;
        this.sleeper = sleeper;
        this.random = random;
    }

    Instant deadlineFromNow() {
        return clock.instant().plus(policy.overall());
    }

    Outcome send(Request request, Instant deadline) {
        for (int attempt = 1; ; attempt++) {
            Attempt result = transport.send(request, Duration.between(clock.instant(), deadline));
            // Credentials, a wrong path, a bad certificate: the next attempt would find the same.
            if (!mayChange(result)) {
                return new Outcome(result, attempt);
            }
            if (attempt >= policy.maxAttempts()) {
                return new Outcome(result, attempt);
            }
            Duration wait = waitAfter(attempt, result);
            // There would be no time left for the attempt after the wait.
            if (!clock.instant().plus(wait).isBefore(deadline)) {
                return new Outcome(result, attempt);
            }
            try {
                sleeper.sleep(wait);
            } catch (InterruptedException e) {
                HttpFailure failure = NetworkFailures.interrupted(request.url());
                return new Outcome(new Attempt.Broken(failure, false), attempt);
            }
        }
    }

    private static boolean mayChange(Attempt result) {
        if (result instanceof Attempt.Answered answered) {
            return answered.isTransient();
        }
        return ((Attempt.Broken) result).isTransient();
    }

    private Duration waitAfter(int attempt, Attempt result) {
        Duration asked = result instanceof Attempt.Answered answered ? retryAfter(answered) : NONE;
        Duration jittered = Duration.ofMillis(random.nextLong(ceiling(attempt) + 1));
        return shorter(asked.compareTo(jittered) > 0 ? asked : jittered, policy.maxBackoff());
    }

    /** The upper bound of the wait, ms: the first one doubled per attempt, without overflow. */
    private long ceiling(int attempt) {
        long max = policy.maxBackoff().toMillis();
        long ceiling = Math.min(policy.firstBackoff().toMillis(), max);
        for (int doubled = 1; doubled < attempt && ceiling < max; doubled++) {
            ceiling = Math.min(ceiling * 2, max);
        }
        return ceiling;
    }

    /** What the server asks for, in seconds or as a date (RFC 9110, 10.2.3); zero when absent, past or unreadable. */
    private Duration retryAfter(Attempt.Answered answered) {
        @Nullable String value = answered.headers().get("Retry-After");
        if (value == null) {
            return NONE;
        }
        String text = value.strip();
        if (text.matches("\\d{1,18}")) {
            return shorter(Duration.ofSeconds(Long.parseLong(text)), policy.maxBackoff());
        }
        @Nullable Date date = answered.headers().getDate("Retry-After");
        if (date == null) {
            return NONE;
        }
        Duration until = Duration.between(clock.instant(), date.toInstant());
        return until.isNegative() ? NONE : until;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
