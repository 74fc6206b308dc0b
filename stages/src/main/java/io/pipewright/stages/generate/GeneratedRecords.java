package io.pipewright.stages.generate;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.expression.Variable;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All records that there can be, each a function of its number and of nothing else. The message that such a record is
 * read from is the number as text; so what goes to {@code .errors} says by its bytes which record it was, and a test can
 * ask for one.
 *
 * @param start the time of the first, milliseconds since the epoch
 * @param step from a record to the next, in milliseconds
 * @param disorder by how much a record may be earlier, in milliseconds
 * @param fields the expressions of the fields that have one
 */
record GeneratedRecords(long seed, long start, long step, long disorder, Map<String, CheckedExpression> fields)
        implements SourceFormatPlan {

    /** What the expressions may name. */
    static final Scope SCOPE = Scope.ofVariables(List.of(
            new Variable("n", Scalar.LONG, false),
            new Variable("time", Scalar.TIMESTAMP, false),
            new Variable("random", Scalar.DOUBLE, false)));

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    GeneratedRecords {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * The time of a record.
     *
     * @throws ArithmeticException if it is beyond all time
     */
    long time(long number) {
        long latest = Math.addExact(start, Math.multiplyExact(number, step));
        return disorder == 0
                ? latest
                : Math.subtractExact(latest, Draw.of(seed, number, "disorder:").nextLong(disorder + 1));
    }

    /**
     * The same as a timestamp.
     *
     * @throws DateTimeException if it is not in the years 1 to 9999
     */
    Instant instant(long number) {
        Instant time = Instant.ofEpochMilli(time(number));
        if (!isTimestamp(time)) {
            throw new DateTimeException("`" + time + "` is no timestamp");
        }
        return time;
    }

    /** Whether it is in the years 1 to 9999. */
    static boolean isTimestamp(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }

    @Override
    public RecordDecoder decoder(RecordType materialised) {
        return new GeneratingDecoder(this, materialised);
    }
}
