package io.pipewright.stages.avro;

import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.avro.AvroSchema.Decimal;
import io.pipewright.stages.avro.AvroSchema.Enumeration;
import io.pipewright.stages.avro.AvroSchema.Fixed;
import io.pipewright.stages.avro.AvroSchema.Plain;
import io.pipewright.stages.avro.AvroSchema.Time;
import io.pipewright.stages.text.ExactNumbers;
import io.pipewright.stages.text.Moments;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Readings of values without parts. Numbers widen, where they stay exact; a number that is no logical timestamp is read as
 * the field's {@code format} says.
 */
final class AvroScalar {

    private AvroScalar() {}

    static AvroValue of(AvroSchema from, Scalar to, TimestampFormat format) throws UnfitSchemaException {
        AvroValue reading =
                switch (to) {
                    case STRING, JSON -> text(from);
                    case BOOLEAN -> from == Plain.BOOLEAN ? in -> in.readBoolean() : null;
                    case INT -> base(from) == Plain.INT ? in -> in.readInt() : null;
                    case LONG -> isWhole(from) ? in -> whole(from, in) : null;
                    case DOUBLE -> real(from);
                    case DECIMAL -> decimal(from);
                    case BYTES -> bytes(from);
                    case DATE -> from instanceof Time time && time.name().equals(Time.DATE) ? AvroScalar::date : null;
                    case TIMESTAMP -> timestamp(from, format);
                    case DURATION -> null;
                };
        if (reading == null) {
            throw AvroValue.unfit(from, to);
        }
        return reading;
    }

    private static AvroSchema base(AvroSchema from) {
        return from instanceof Time time ? time.base() : from;
    }

    private static boolean isWhole(AvroSchema from) {
        return base(from) == Plain.INT || base(from) == Plain.LONG;
    }

    private static long whole(AvroSchema from, AvroInput in) {
        return base(from) == Plain.INT ? in.readInt() : in.readLong();
    }

    private static @Nullable AvroValue text(AvroSchema from) {
        if (from instanceof Enumeration symbols) {
            return in -> symbols.symbols().get(in.readIndex(symbols.symbols().size()));
        }
        return from == Plain.STRING || from == Plain.BYTES ? AvroInput::readText : null;
    }

    private static @Nullable AvroValue real(AvroSchema from) {
        if (from == Plain.DOUBLE) {
            return in -> in.readDouble();
        }
        if (from == Plain.FLOAT) {
            return in -> (double) in.readFloat();
        }
        return isWhole(from) ? in -> exact(whole(from, in)) : null;
    }

    private static double exact(long number) {
        Double exact = ExactNumbers.ofWhole(number);
        if (exact == null) {
            throw outOfRange("must be a double, which cannot hold " + number + " exactly");
        }
        return exact;
    }

    private static @Nullable AvroValue decimal(AvroSchema from) {
        if (from instanceof Decimal decimal) {
            return in -> {
                byte[] digits = in.readBytes(decimal.size() < 0 ? in.readLong() : decimal.size());
                if (digits.length == 0) {
                    throw AvroInput.malformed("The decimal before byte " + in.position() + " has no digits.");
                }
                return new BigDecimal(new BigInteger(digits), decimal.scale());
            };
        }
        return isWhole(from) ? in -> BigDecimal.valueOf(whole(from, in)) : null;
    }

    private static @Nullable AvroValue bytes(AvroSchema from) {
        if (from instanceof Fixed fixed) {
            return in -> in.readBytes(fixed.size());
        }
        if (from == Plain.STRING) {
            return in -> in.readText().getBytes(StandardCharsets.UTF_8);
        }
        return from == Plain.BYTES ? in -> in.readBytes(in.readLong()) : null;
    }

    private static LocalDate date(AvroInput in) {
        LocalDate date = LocalDate.ofEpochDay(in.readInt());
        if (!Moments.isInRange(date)) {
            throw outOfRange("must be a date in the years 1 to 9999");
        }
        return date;
    }

    /** Its unit is the schema's; of a plain number, the field's. */
    private static @Nullable AvroValue timestamp(AvroSchema from, TimestampFormat format) {
        if (from instanceof Time time) {
            return switch (time.name()) {
                case Time.MILLIS -> moments(from, TimestampFormat.MILLIS);
                case Time.MICROS -> moments(from, TimestampFormat.MICROS);
                default -> null;
            };
        }
        return isWhole(from) && format != TimestampFormat.ISO ? moments(from, format) : null;
    }

    private static AvroValue moments(AvroSchema from, TimestampFormat format) {
        return in -> {
            Instant moment = Moments.ofWhole(whole(from, in), format);
            if (moment == null) {
                throw outOfRange("must be a timestamp in the years 1 to 9999");
            }
            return moment;
        };
    }

    private static WrongValueException outOfRange(String problem) {
        return new WrongValueException("out-of-range", problem);
    }
}
