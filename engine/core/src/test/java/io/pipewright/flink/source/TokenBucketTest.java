package io.pipewright.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 3, 20, 500, 20_000, 1_000_000})
    void neverGivesMoreThanOnePercentOverTheRateInAnyTenSeconds(double rate) {
        TokenBucket bucket = new TokenBucket(0);
        bucket.rate(rate, 0);
        long[] perMilli = new long[60_000];
        for (int milli = 0; milli < perMilli.length; milli++) {
            boolean held = milli % 9_000 > 8_000; // nobody asks for a while, then somebody is greedy
            long taken = held ? 0 : bucket.take(milli * 1_000_000L);
            while (taken > 0) {
                perMilli[milli] += taken;
                taken = bucket.take(milli * 1_000_000L);
            }
        }
        assertThat(mostIn(perMilli, 10_000)).isLessThanOrEqualTo((long) Math.max(rate * 10 + 1, rate * 10 * 1.01));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1 / 60.0, 0.5, 3, 500, 20_000, 1_000_000})
    void reachesTheRateWhenItIsAskedAtTheTimesItNames(double rate) {
        TokenBucket bucket = new TokenBucket(0);
        bucket.rate(rate, 0);
        long seconds = rate < 1 ? 6_000 : 20;
        long now = 0;
        long given = 0;
        while (now <= seconds * SECOND) {
            long taken = bucket.take(now);
            given += taken;
            now = taken > 0 ? now : bucket.readyAt(now);
        }
        assertThat((double) given).isBetween(rate * seconds * 0.99 - 1, rate * seconds * 1.01 + 1);
    }

    @Test
    void isEmptyAtTheStartAndWithoutARateForEver() {
        TokenBucket bucket = new TokenBucket(0);
        assertThat(bucket.take(SECOND)).isZero();
        assertThat(bucket.readyAt(SECOND)).isEqualTo(Long.MAX_VALUE);
        bucket.rate(100, SECOND);
        assertThat(bucket.take(SECOND)).isZero();
    }

    @Test
    void losesTokensThatALowerRateHasNoRoomFor() {
        TokenBucket bucket = new TokenBucket(0);
        bucket.rate(1_000_000, 0);
        bucket.rate(20, SECOND);
        assertThat(bucket.take(SECOND)).isEqualTo(1);
        assertThat(bucket.take(SECOND)).isZero();
    }

    private static long mostIn(long[] perMilli, int window) {
        long sum = 0;
        long most = 0;
        for (int i = 0; i < perMilli.length; i++) {
            sum += perMilli[i] - (i >= window ? perMilli[i - window] : 0);
            most = Math.max(most, sum);
        }
        return most;
    }
}
