package io.pipewright.stages.avro;

import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.avro.AvroSchema.Decimal;
import io.pipewright.stages.avro.AvroSchema.Enumeration;
import io.pipewright.stages.avro.AvroSchema.Fixed;
import io.pipewright.stages.avro.AvroSchema.Plain;
import io.pipewright.stages.avro.AvroSchema.Time;
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

    private static final long MILLION = 1_000_000L;
    private static final long EXACT_IN_DOUBLE = 1L << 53;
    private static final long FIRST_SECOND = -62_135_596_800L; // 0001-01-01
    private static final long END_SECOND = 253_402_300_800L; // 10000-01-01
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

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
        if (number > EXACT_IN_DOUBLE || number < -EXACT_IN_DOUBLE) {
            throw outOfRange("must be a double, which may not hold " + number + " exactly");
        }
        return number;
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

    private static Object date(AvroInput in) {
        int day = in.readInt();
        if (day < FIRST_DAY || day > LAST_DAY) {
            throw outOfRange("must be a date in the years 1 to 9999");
        }
        return LocalDate.ofEpochDay(day);
    }

    /** Its unit is the schema's; of a plain number, the field's. */
    private static @Nullable AvroValue timestamp(AvroSchema from, TimestampFormat format) {
        if (from instanceof Time time) {
            return switch (time.name()) {
                case Time.MILLIS -> timestamp(Plain.LONG, TimestampFormat.MILLIS);
                case Time.MICROS -> timestamp(Plain.LONG, TimestampFormat.MICROS);
                default -> null;
            };
        }
        if (!isWhole(from) || format == TimestampFormat.ISO) {
            return null;
        }
        long perSecond =
                switch (format) {
                    case MILLIS -> 1000;
                    case MICROS -> MILLION;
                    default -> 1;
                };
        return in -> moment(whole(from, in), perSecond);
    }

    private static Instant moment(long number, long perSecond) {
        long second = Math.floorDiv(number, perSecond);
        if (second < FIRST_SECOND || second >= END_SECOND) {
            throw outOfRange("must be a timestamp in the years 1 to 9999");
        }
        return Instant.ofEpochSecond(second, Math.floorMod(number, perSecond) * (1000 * MILLION / perSecond));
    }

    private static WrongValueException outOfRange(String problem) {
        return new WrongValueException("out-of-range", problem);
    }
}
