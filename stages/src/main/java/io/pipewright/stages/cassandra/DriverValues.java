package io.pipewright.stages.cassandra;

import com.datastax.oss.driver.api.core.data.CqlDuration;
import io.pipewright.spi.expression.EvaluationException;
import java.time.Duration;

/** Values of classes that only the driver has; apart, so that planning loads no driver. */
final class DriverValues {

    private DriverValues() {}

    /** Nanoseconds alone: days and months of CQL have no fixed length. */
    static Object duration(Duration value) {
        try {
            return CqlDuration.newInstance(0, 0, value.toNanos());
        } catch (ArithmeticException e) {
            throw new EvaluationException("overflow", value + " is longer than CQL's `duration` can say (292 years).");
        }
    }

    /** The same back; one with days or months has no fixed length. */
    static Object ofDuration(Object value) {
        CqlDuration duration = (CqlDuration) value;
        if (duration.getMonths() != 0 || duration.getDays() != 0) {
            throw new EvaluationException(
                    "lossy", "`" + duration + "` has days or months, which have no fixed length.");
        }
        return Duration.ofNanos(duration.getNanoseconds());
    }
}
