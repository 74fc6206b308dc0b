package io.pipewright.stages.window;

import io.pipewright.spi.expression.CheckedAggregate.Call;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordSerializer;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A call that is estimated from a sketch of the values. The sketch is one field of the pane, as bytes that are never changed
 * but replaced; it is the same whatever the order of the records, so that it may be merged before the exchange and of slices.
 */
abstract class SketchAccumulator extends CallAccumulator {

    final int position;
    private final boolean adds;

    private SketchAccumulator(Call call, PaneLayout layout, Scope scope) {
        super(call, scope);
        position = layout.sketch(call);
        adds = call.equals(layout.sketchCalls().get(PaneLayout.sketchName(call)));
    }

    @Override
    final void add(DataRecord record, long time, @Nullable Object[] pane) {
        if (adds) {
            super.add(record, time, pane);
        }
    }

    @Override
    final void merge(@Nullable Object[] other, @Nullable Object[] pane) {
        if (adds && other[position] instanceof byte[] more) {
            pane[position] = pane[position] instanceof byte[] sketch ? merged(sketch, more) : more;
        }
    }

    abstract byte[] merged(byte[] sketch, byte[] other);

    /** How many different values there are. */
    static final class Distinct extends SketchAccumulator {

        private final RecordSerializer serializer;
        private final DataOutputSerializer buffer = new DataOutputSerializer(64);

        Distinct(Call call, PaneLayout layout, Scope scope) {
            super(call, layout, scope);
            DataType argument = Objects.requireNonNull(call.argument()).type();
            serializer = new RecordSerializer(new RecordType("value", List.of(Field.of("value", argument))));
        }

        /** A value is hashed as it is written to state, which does not change. */
        @Override
        void addValue(Object value, @Nullable Object[] pane) {
            try {
                buffer.clear();
                serializer.serialize(DataRecord.of(ValuesAccumulator.Distinct.oneForm(value)), buffer);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            byte[] sketch = pane[position] instanceof byte[] known ? known : DistinctSketch.EMPTY;
            pane[position] = DistinctSketch.add(sketch, DistinctSketch.hash(buffer.getSharedBuffer(), buffer.length()));
        }

        @Override
        byte[] merged(byte[] sketch, byte[] other) {
            return DistinctSketch.merge(sketch, other);
        }

        @Override
        Object result(DataRecord pane, List<DataRecord> values) {
            return pane.get(position) instanceof byte[] sketch ? DistinctSketch.estimate(sketch) : 0L;
        }
    }

    /** About the least value that is not exceeded by at least the given share of all. */
    static final class Percentile extends SketchAccumulator {

        private static final double NANOS = 1e9;
        private static final MathContext DIGITS = new MathContext(6);

        private final Call call;
        private final BigDecimal share;

        Percentile(Call call, PaneLayout layout, Scope scope) {
            super(call, layout, scope);
            this.call = call;
            this.share = Objects.requireNonNull(call.number());
        }

        @Override
        void addValue(Object value, @Nullable Object[] pane) {
            double number = number(value);
            if (value instanceof BigDecimal && Double.isInfinite(number)) {
                throw new EvaluationException(
                        "overflow", "`" + PaneLayout.name(call) + "` is not estimated of numbers beyond 1.8e308.");
            }
            byte[] sketch = pane[position] instanceof byte[] known ? known : QuantileSketch.EMPTY;
            pane[position] = QuantileSketch.add(sketch, number);
        }

        private static double number(Object value) {
            return value instanceof Duration time
                    ? time.getSeconds() + time.getNano() / NANOS
                    : ((Number) value).doubleValue();
        }

        @Override
        byte[] merged(byte[] sketch, byte[] other) {
            return QuantileSketch.merge(sketch, other);
        }

        @Override
        @Nullable
        Object result(DataRecord pane, List<DataRecord> values) {
            return pane.get(position) instanceof byte[] sketch ? typed(QuantileSketch.value(sketch, share)) : null;
        }

        private Object typed(double value) {
            return switch ((Scalar) call.type()) {
                case INT -> (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, Math.round(value)));
                case LONG -> Math.round(value);
                case DECIMAL -> new BigDecimal(value).round(DIGITS);
                case DURATION -> Duration.ofSeconds((long) Math.floor(value), micros(value - Math.floor(value)));
                default -> value;
            };
        }

        private static long micros(double secondsBelowOne) {
            return Math.round(secondsBelowOne * 1_000_000) * 1_000;
        }
    }
}
