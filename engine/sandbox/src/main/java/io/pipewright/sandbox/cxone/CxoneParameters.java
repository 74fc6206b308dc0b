package io.pipewright.sandbox.cxone;

import java.time.Duration;
import java.time.Instant;

/**
 * What {@link CxoneOracle} must know of the pipeline.
 *
 * @param volumeWindow the tumbling window of volumes
 * @param failureWithin from the first failure to the callback, exclusive
 * @param failures how many in a row
 * @param outOfOrderness by how much the watermark trails
 * @param maxFutureDrift how far ahead of {@code now} an event may be
 * @param now the wall clock when the events are read
 */
public record CxoneParameters(
        Duration volumeWindow,
        Duration failureWithin,
        int failures,
        Duration outOfOrderness,
        Duration maxFutureDrift,
        Instant now) {

    /** What {@code pipelines/cxone.yaml} says: 10 s, 30 s, 3 failures, 2 s, 10 min. */
    public static CxoneParameters defaults(Instant now) {
        return new CxoneParameters(
                Duration.ofSeconds(10), Duration.ofSeconds(30), 3, Duration.ofSeconds(2), Duration.ofMinutes(10), now);
    }

    /** The same with another window. */
    public CxoneParameters withVolumeWindow(Duration window) {
        return new CxoneParameters(window, failureWithin, failures, outOfOrderness, maxFutureDrift, now);
    }

    /** The same with another limit of the pattern. */
    public CxoneParameters withFailureWithin(Duration within) {
        return new CxoneParameters(volumeWindow, within, failures, outOfOrderness, maxFutureDrift, now);
    }

    /** The same with another number of failures. */
    public CxoneParameters withFailures(int count) {
        return new CxoneParameters(volumeWindow, failureWithin, count, outOfOrderness, maxFutureDrift, now);
    }
}
