package io.pipewright.spi.option;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The {@code eventTime} block of a source: where the time of an event is read, and how watermarks follow it. */
public record EventTime(
        @Option(doc = "The timestamp field that holds the time of the event.") String field,
        @Option(
                        doc =
                                "What an event without a time gets: a dead letter, the timestamp that the source system gave"
                                        + " it, or the current watermark. Needed when the field may be null.")
                @Nullable
                Missing missing,
        @Option(
                        doc =
                                "How much older than its predecessors in the same partition an event may be and still be in"
                                        + " time. The watermark follows the latest event at this distance.",
                        defaultValue = "0s")
                Duration outOfOrderness,
        @Option(
                        doc =
                                "After how long without an event a partition that is read to its end stops holding back the"
                                        + " watermark; the time in which `rateLimit` holds the source back does not count.",
                        least = "1ms")
                @Nullable
                Duration idleAfter,
        @Option(
                        doc =
                                "How far an event may be ahead of the machine's clock; beyond that it goes to `.errors` and"
                                        + " does not move the watermark.",
                        defaultValue = "10m")
                Duration maxFutureDrift)
        implements Serializable {

    /** What an event without a time gets. */
    public enum Missing {
        DEAD_LETTER,
        SOURCE_TIMESTAMP,
        CURRENT_WATERMARK
    }
}
