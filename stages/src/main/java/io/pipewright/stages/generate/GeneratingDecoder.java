package io.pipewright.stages.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordDecoder;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the record of a number, with the fields that are read. A field that has no value, by a division by zero or a
 * number too wide for it, makes the record malformed.
 */
final class GeneratingDecoder implements RecordDecoder {

    private static final long serialVersionUID = 1L;
    private static final DataRecord NOTHING = DataRecord.of();

    private final GeneratedRecords records;
    private final RecordType type;

    /** By position; null for a field of random values. Made on the first record, where the decoder is used. */
    private transient @Nullable Evaluator @Nullable [] evaluators;

    GeneratingDecoder(GeneratedRecords records, RecordType type) {
        this.records = records;
        this.type = type;
    }

    @Override
    public Decoded decode(byte[] bytes, @Nullable Origin origin) {
        try {
            long number = Long.parseLong(new String(bytes, UTF_8).strip());
            if (number < 0) {
                throw new NumberFormatException();
            }
            return new Decoded.Ok(record(number, records.instant(number), origin));
        } catch (NumberFormatException e) {
            return new Decoded.Malformed(
                    "malformed-number", "The message of a generated record is its number, from 0 on.");
        } catch (ArithmeticException | DateTimeException e) {
            return new Decoded.Malformed("overflow", "The time of the record is not in the years 1 to 9999.");
        } catch (EvaluationException failure) {
            return new Decoded.Malformed(failure.code(), failure.reason());
        }
    }

    private DataRecord record(long number, Instant time, @Nullable Origin origin) {
        @Nullable Evaluator[] expressions = evaluators();
        List<Field> fields = type.fields();
        @Nullable Object[] values = new Object[expressions.length];
        for (int i = 0; i < values.length; i++) {
            Field field = fields.get(i);
            Draw draw = Draw.of(records.seed(), number, field.name());
            Evaluator expression = expressions[i];
            values[i] = expression == null
                    ? new RandomValues(draw, time).of(field)
                    : converted(
                            expression.evaluate(NOTHING, new @Nullable Object[] {number, time, draw.nextDouble()}),
                            field);
        }
        return new DataRecord(values, origin);
    }

    private @Nullable Evaluator[] evaluators() {
        @Nullable Evaluator[] bound = evaluators;
        if (bound == null) {
            bound = new Evaluator[type.fields().size()];
            for (int i = 0; i < bound.length; i++) {
                CheckedExpression expression =
                        records.fields().get(type.fields().get(i).name());
                bound[i] = expression == null ? null : expression.evaluator(GeneratedRecords.SCOPE);
            }
            evaluators = bound;
        }
        return bound;
    }

    /** The value of an expression, as the field holds it; integers of expressions are 64 bit. */
    private static @Nullable Object converted(@Nullable Object value, Field field) {
        if (!(value instanceof Long number) || field.type() == Scalar.LONG) {
            return value;
        }
        if (field.type() == Scalar.INT) {
            if (number.intValue() != number) {
                throw new EvaluationException(
                        "overflow", "`" + field.name() + "` is `int`, and " + number + " is wider.");
            }
            return number.intValue();
        }
        return field.type() == Scalar.DOUBLE ? (Object) number.doubleValue() : BigDecimal.valueOf(number);
    }
}
