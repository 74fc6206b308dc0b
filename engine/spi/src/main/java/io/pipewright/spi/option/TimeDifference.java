package io.pipewright.spi.option;

import java.io.Serializable;
import java.time.Duration;

/** How much later one moment is than another; negative if it is earlier. Written {@code 20s} or {@code -5s}. */
public record TimeDifference(Duration value) implements Serializable {}
