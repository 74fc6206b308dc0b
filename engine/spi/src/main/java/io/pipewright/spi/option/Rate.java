package io.pipewright.spi.option;

import java.io.Serializable;
import java.time.Duration;

/**
 * So many per so long, written {@code 500/s} or {@code 10000/m}.
 *
 * @param count above 0
 * @param per one second, minute or hour
 */
public record Rate(long count, Duration per) implements Serializable {

    public Rate {
        if (count <= 0 || per.isZero() || per.isNegative()) {
            throw new IllegalArgumentException("A rate is positive: " + count + " per " + per);
        }
    }

    public double perSecond() {
        return count * 1e9 / per.toNanos();
    }
}
