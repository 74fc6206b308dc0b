package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import io.pipewright.stages.cassandra.DriverErrors.Meaning;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class WriteRulesTest {

    @Test
    void givesRisingWriteTimestampsEvenWhenTheClockStandsStill() {
        WriteClock clock = new WriteClock(Clock.fixed(Instant.ofEpochSecond(5, 1000), ZoneOffset.UTC));
        assertThat(clock.next()).isEqualTo(5_000_001);
        assertThat(clock.next()).isEqualTo(5_000_002);
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
