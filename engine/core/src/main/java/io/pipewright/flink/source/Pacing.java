package io.pipewright.flink.source;

import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.Rate;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast a source may be and when its splits are idle.
 *
 * @param perSecond records of all subtasks together; 0 for no limit
 * @param idleNanos after how long without a record a split is idle; 0 for never
 * @param noSplitsNanos after how long without any split a subtask is idle; 0 for never
 */
public record Pacing(double perSecond, long idleNanos, long noSplitsNanos) implements Serializable {

    /** A subtask that has had no split for so long stops holding back the watermark of the others. */
    private static final Duration NO_SPLITS = Duration.ofSeconds(10);

    public static Pacing of(@Nullable Rate rateLimit, @Nullable EventTime eventTime) {
        double perSecond = rateLimit == null ? 0 : rateLimit.perSecond();
        if (eventTime == null) {
            return new Pacing(perSecond, 0, 0);
        }
        Duration idleAfter = eventTime.idleAfter();
        return idleAfter == null
                ? new Pacing(perSecond, 0, NO_SPLITS.toNanos())
                : new Pacing(perSecond, idleAfter.toNanos(), idleAfter.toNanos());
    }

    boolean isNone() {
        return perSecond == 0 && idleNanos == 0 && noSplitsNanos == 0;
    }

    boolean limits() {
        return perSecond > 0;
    }
}
