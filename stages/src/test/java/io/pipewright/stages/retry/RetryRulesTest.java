package io.pipewright.stages.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
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
    void countsSilenceFromTheFirstAttemptWithoutAnAnswer() {
        Reachability reachability = new Reachability();
        assertThat(reachability.silent(100)).isZero();
        assertThat(reachability.silent(350)).isEqualTo(Duration.ofNanos(250));
        reachability.answered();
        assertThat(reachability.silent(400)).isZero();
    }
}
