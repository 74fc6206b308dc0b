package io.pipewright.stages.avro;

import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.avro.AvroSchema.Decimal;
import io.pipewright.stages.avro.AvroSchema.Enumeration;
import io.pipewright.stages.avro.AvroSchema.Fixed;
import io.pipewright.stages.avro.AvroSchema.Plain;
import io.pipewright.stages.avro.AvroSchema.Time;
import io.pipewright.stages.avro.AvroWriting.OfValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writings of values without parts; what the schema holds only in part is checked for each value. */
final class AvroScalarWriting {

    private static final int NANOS_OF_MILLI = 1_000_000;
    private static final int NANOS_OF_MICRO = 1_000;
    private static final long MILLION = 1_000_000L;

    private AvroScalarWriting() {}

    static OfValue of(Scalar from, AvroSchema to) throws UnfitSchemaException {
        OfValue writing =
                switch (from) {
                    case STRING, JSON -> text(to);
                    case BOOLEAN -> to == Plain.BOOLEAN ? (value, out) -> out.writeByte((Boolean) value ? 1 : 0) : null;
                    case INT, LONG -> whole(to);
                    case DOUBLE -> to == Plain.DOUBLE
                            ? (value, out) -> out.writeDouble(((Number) value).doubleValue())
                            : to == Plain.FLOAT ? (value, out) -> out.writeFloat(narrow((Number) value)) : null;
                    case DECIMAL -> to instanceof Decimal decimal
                            ? (value, out) -> decimal((BigDecimal) value, decimal, out)
                            : null;
                    case BYTES -> bytes(to);
                    case DATE -> to instanceof Time time && time.name().equals(Time.DATE)
                            ? (value, out) -> out.writeLong(day((LocalDate) value))
                            : null;
                    case TIMESTAMP -> timestamp(to);
                    case DURATION -> null;
                };
        if (writing == null) {
            throw AvroWriting.unfit(from, to);
        }
        return writing;
    }

    private static @Nullable OfValue text(AvroSchema to) {
        if (to instanceof Enumeration symbols) {
            return (value, out) -> {
                int symbol = symbols.symbols().indexOf((String) value);
                if (symbol < 0) {
                    throw new WrongValueException(
                            "wrong-type", "is `" + value + "`, which is no symbol of " + symbols.text());
                }
                out.writeLong(symbol);
            };
        }
        return to == Plain.STRING ? (value, out) -> out.writeText((String) value) : null;
    }

    private static @Nullable OfValue whole(AvroSchema to) {
        if (to == Plain.INT) {
            return (value, out) -> {
                long whole = ((Number) value).longValue();
                if (whole != (int) whole) {
                    throw new WrongValueException("overflow", "is " + whole + ", which an `int` cannot hold");
                }
                out.writeLong(whole);
            };
        }
        return to == Plain.LONG ? (value, out) -> out.writeLong(((Number) value).longValue()) : null;
    }

    private static float narrow(Number value) {
        float narrowed = value.floatValue();
        if (Double.compare(narrowed, value.doubleValue()) != 0) {
            throw new WrongValueException("lossy", "is " + value + ", which a `float` does not hold exactly");
        }
        return narrowed;
    }

    private static void decimal(BigDecimal value, Decimal to, AvroOutput out) {
        BigDecimal scaled;
        try {
            scaled = value.setScale(to.scale());
        } catch (ArithmeticException e) {
            throw new WrongValueException("lossy", "is " + value + ", which has more places than " + to.text());
        }
        byte[] digits = scaled.unscaledValue().toByteArray();
        if (scaled.precision() > to.precision() || (to.size() >= 0 && digits.length > to.size())) {
            throw new WrongValueException("overflow", "is " + value + ", which has more digits than " + to.text());
        }
        if (to.size() < 0) {
            out.writeBytes(digits);
            return;
        }
        byte[] sign = new byte[to.size() - digits.length];
        Arrays.fill(sign, (byte) (scaled.signum() < 0 ? -1 : 0));
        out.writeRaw(sign);
        out.writeRaw(digits);
    }

    private static @Nullable OfValue bytes(AvroSchema to) {
        if (to instanceof Fixed fixed) {
            return (value, out) -> {
                byte[] bytes = (byte[]) value;
                if (bytes.length != fixed.size()) {
                    throw new WrongValueException(
                            "wrong-type", "has " + bytes.length + " bytes, and the schema wants " + fixed.size());
                }
                out.writeRaw(bytes);
            };
        }
        return to == Plain.BYTES ? (value, out) -> out.writeBytes((byte[]) value) : null;
    }

    private static long day(LocalDate date) {
        long day = date.toEpochDay();
        if (day != (int) day) {
            throw new WrongValueException("overflow", "is " + date + ", which Avro's `date` cannot hold");
        }
        return day;
    }

    private static @Nullable OfValue timestamp(AvroSchema to) {
        if (!(to instanceof Time time)) {
            return null;
        }
        return switch (time.name()) {
            case Time.MILLIS -> (value, out) -> out.writeLong(units((Instant) value, NANOS_OF_MILLI, 1000, time));
            case Time.MICROS -> (value, out) -> out.writeLong(units((Instant) value, NANOS_OF_MICRO, MILLION, time));
            default -> null;
        };
    }

    private static long units(Instant moment, int nanosOfUnit, long perSecond, Time time) {
        if (moment.getNano() % nanosOfUnit != 0) {
            throw new WrongValueException("lossy", "is " + moment + ", which is finer than `" + time.text() + "`");
        }
        try {
            return Math.addExact(
                    Math.multiplyExact(moment.getEpochSecond(), perSecond), moment.getNano() / nanosOfUnit);
        } catch (ArithmeticException e) {
            throw new WrongValueException("overflow", "is " + moment + ", which `" + time.text() + "` cannot hold");
        }
    }
}
