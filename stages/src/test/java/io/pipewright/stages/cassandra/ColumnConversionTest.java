package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.Scalar;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ColumnConversionTest {

    private static Object convert(DataType from, CqlType to, Object value) {
        return ColumnConversion.between(from, to).orElseThrow().convert(value);
    }

    private static Object convert(DataType from, String to, Object value) {
        return convert(from, CqlType.of(to), value);
    }

    private static void fails(String code, DataType from, String to, Object value) {
        assertThatThrownBy(() -> convert(from, to, value))
                .isInstanceOfSatisfying(
                        EvaluationException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void narrowsIntegersWithARangeCheck() {
        assertThat(convert(Scalar.LONG, "bigint", 5L)).isEqualTo(5L);
        assertThat(convert(Scalar.LONG, "int", (long) Integer.MIN_VALUE)).isEqualTo(Integer.MIN_VALUE);
        assertThat(convert(Scalar.INT, "smallint", 7)).isEqualTo((short) 7);
        assertThat(convert(Scalar.LONG, "varint", 7L)).isEqualTo(BigInteger.valueOf(7));
        fails("overflow", Scalar.LONG, "int", Integer.MAX_VALUE + 1L);
        fails("overflow", Scalar.LONG, "smallint", 32768L);
        fails("overflow", Scalar.LONG, "tinyint", -129L);
        fails("lossy", Scalar.LONG, "double", (1L << 53) + 1);
    }

    @Test
    void keepsFloatsExactOrRefusesThem() {
        assertThat(convert(Scalar.DOUBLE, "float", 0.5)).isEqualTo(0.5f);
        assertThat(convert(Scalar.DOUBLE, "float", Double.NaN)).isEqualTo(Float.NaN);
        fails("lossy", Scalar.DOUBLE, "float", 0.1);
    }

    @Test
    void readsTextFormsOfUuidsAndAddresses() {
        UUID id = UUID.randomUUID();
        assertThat(convert(Scalar.STRING, "uuid", id.toString())).isEqualTo(id);
        fails("malformed-uuid", Scalar.STRING, "uuid", "1-1-1-1-1");
        fails("malformed-uuid", Scalar.STRING, "timeuuid", id.toString());
        assertThat(convert(Scalar.STRING, "inet", "::1")).hasToString("/0:0:0:0:0:0:0:1");
        fails("malformed-address", Scalar.STRING, "inet", "localhost");
        fails("malformed-address", Scalar.STRING, "inet", "1.2.3.400");
        fails("not-ascii", Scalar.STRING, "ascii", "ä");
    }

    @Test
    void writesTimestampsInMilliseconds() {
        Instant exact = Instant.ofEpochMilli(1001);
        assertThat(convert(Scalar.TIMESTAMP, "timestamp", exact)).isEqualTo(exact);
        assertThat(convert(Scalar.TIMESTAMP, "bigint", exact)).isEqualTo(1001L);
        fails("lossy", Scalar.TIMESTAMP, "timestamp", exact.plusNanos(1000));
        fails("lossy", Scalar.TIMESTAMP, "bigint", exact.plusNanos(1000));
        assertThat(convert(Scalar.DURATION, "duration", Duration.ofMillis(1500)))
                .hasToString("1s500ms");
    }

    @Test
    void convertsTheElementsOfLists() {
        ListType longs = new ListType(Scalar.LONG);
        assertThat(convert(longs, CqlType.of("list", CqlType.of("int")), List.of(1L, 2L)))
                .isEqualTo(List.of(1, 2));
        assertThat(convert(longs, CqlType.of("set", CqlType.of("bigint")), List.of(1L, 1L)))
                .isEqualTo(Set.of(1L));
        assertThat(convert(
                        new MapType(Scalar.LONG),
                        CqlType.of("map", CqlType.of("text"), CqlType.of("int")),
                        Map.of("a", 1L)))
                .isEqualTo(Map.of("a", 1));
    }

    @Test
    void findsNoConversionThatWouldChangeTheMeaning() {
        assertThat(ColumnConversion.between(Scalar.STRING, CqlType.of("bigint")))
                .isEmpty();
        assertThat(ColumnConversion.between(Scalar.LONG, CqlType.of("text"))).isEmpty();
        assertThat(ColumnConversion.between(Scalar.LONG, CqlType.of("timestamp")))
                .isEmpty();
        assertThat(ColumnConversion.between(Scalar.LONG, CqlType.of("counter"))).isEmpty();
        assertThat(ColumnConversion.between(Scalar.DOUBLE, CqlType.of("decimal")))
                .isEmpty();
        assertThat(ColumnConversion.between(new ListType(Scalar.LONG), CqlType.of("bigint")))
                .isEmpty();
    }
}
