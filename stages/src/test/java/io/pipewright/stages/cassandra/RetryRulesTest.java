package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import io.pipewright.stages.cassandra.DriverErrors.Meaning;
import io.pipewright.stages.retry.Backoff;
import io.pipewright.stages.retry.Reachability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class RetryRulesTest {

    @Test
    void waitsTwiceAsLongEachTimeUpToTheBoundLessARandomPart() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(1));
        long full = 100;
        for (int failed = 1; failed < 100; failed++) {
            assertThat(backoff.millisAfter(failed)).isBetween(full / 2, full);
            full = Math.min(full * 2, 5000);
        }
    }

    @Test
    void givesRisingWriteTimestampsEvenWhenTheClockStandsStill() {
        WriteClock clock = new WriteClock(Clock.fixed(Instant.ofEpochSecond(5, 1000), ZoneOffset.UTC));
        assertThat(clock.next()).isEqualTo(5_000_001);
        assertThat(clock.next()).isEqualTo(5_000_002);
    }

    @Test
    void countsSilenceFromTheFirstAttemptWithoutAnAnswer() {
        Reachability reachability = new Reachability();
        assertThat(reachability.silent(100)).isZero();
        assertThat(reachability.silent(350)).isEqualTo(Duration.ofNanos(250));
        reachability.answered();
        assertThat(reachability.silent(400)).isZero();
    }

    @Test
    void tellsWhatTheDriversErrorsMean() {
        assertThat(DriverErrors.meaning(new CompletionException(new NoNodeAvailableException())))
                .isEqualTo(Meaning.UNREACHABLE);
        assertThat(DriverErrors.meaning(new DriverTimeoutException("slow"))).isEqualTo(Meaning.UNREACHABLE);
        assertThat(DriverErrors.meaning(new ClosedConnectionException("lost"))).isEqualTo(Meaning.UNREACHABLE);
        assertThat(DriverErrors.meaning(new IllegalArgumentException("too long")))
                .isEqualTo(Meaning.REFUSED);
        assertThat(DriverErrors.sentence(new DriverTimeoutException("Query timed out after PT2S.")))
                .isEqualTo("Query timed out after PT2S");
    }
}
