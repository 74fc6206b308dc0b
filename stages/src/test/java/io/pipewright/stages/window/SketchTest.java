package io.pipewright.stages.window;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sketches against what they estimate, with the bounds that are told to authors. */
class SketchTest {

    private static final double THREE_STANDARD_ERRORS = 0.05;

    @Test
    void soFewValuesAreCountedExactlyAndOneMoreIsEstimated() {
        byte[] sketch = DistinctSketch.EMPTY;
        assertThat(DistinctSketch.estimate(sketch)).isZero();
        for (int value = 0; value < DistinctSketch.MOST_HASHES; value++) {
            sketch = DistinctSketch.add(sketch, hash(value));
            sketch = DistinctSketch.add(sketch, hash(value / 2));
            assertThat(DistinctSketch.estimate(sketch)).isEqualTo(value + 1);
        }
        assertThat(sketch).hasSize(1 + 8 * DistinctSketch.MOST_HASHES);
        sketch = DistinctSketch.add(sketch, hash(-1));
        assertThat(sketch).hasSize(1 + 3_072);
        assertThat((double) DistinctSketch.estimate(sketch)).isCloseTo(257, within(257 * THREE_STANDARD_ERRORS));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000, 100_000})
    void manyValuesAreCountedWithinThreeStandardErrors(int values) {
        byte[] sketch = distinct(0, values);
        assertThat((double) DistinctSketch.estimate(sketch)).isCloseTo(values, within(values * THREE_STANDARD_ERRORS));
    }

    @Test
    void partsMergedInAnyOrderAreWhatAllValuesMake() {
        for (int size : List.of(10, 200, 2_000)) {
            byte[] all = distinct(0, 3 * size);
            byte[] first = distinct(0, 2 * size);
            byte[] second = distinct(size, 3 * size);
            assertThat(DistinctSketch.merge(first, second)).isEqualTo(all);
            assertThat(DistinctSketch.merge(second, first)).isEqualTo(all);
            assertThat(DistinctSketch.merge(distinct(0, 5), all)).isEqualTo(all);
            assertThat(DistinctSketch.merge(all, distinct(0, 5))).isEqualTo(all);
        }
    }

    @Test
    void aSketchIsNeverChanged() {
        byte[] few = distinct(0, 100);
        byte[] many = distinct(0, 1_000);
        byte[] quantiles = quantiles(List.of(1.0, 2.0));
        for (byte[] sketch : List.of(few, many)) {
            byte[] before = sketch.clone();
            DistinctSketch.add(sketch, hash(5_000));
            DistinctSketch.merge(sketch, distinct(2_000, 3_000));
            assertThat(sketch).isEqualTo(before);
        }
        byte[] before = quantiles.clone();
        QuantileSketch.add(quantiles, 2.0);
        QuantileSketch.add(quantiles, 3.0);
        QuantileSketch.merge(quantiles, quantiles);
        assertThat(quantiles).isEqualTo(before);
    }

    @Test
    void percentilesAreWithinOnePercentOfTheExactOnes() {
        Random random = new Random(7);
        List<DoubleSupplier> shapes = List.of(
                () -> 1 + random.nextInt(1_000),
                () -> Math.exp(random.nextGaussian() * 5),
                () -> random.nextGaussian() * 1e6,
                () -> random.nextInt(3) - 1,
                () -> -Math.exp(random.nextDouble() * 600),
                () -> 1e-300 * random.nextDouble());
        for (DoubleSupplier shape : shapes) {
            for (int size : List.of(1, 2, 17, 3_000)) {
                List<Double> values = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    values.add(shape.getAsDouble());
                }
                byte[] sketch = quantiles(values);
                Collections.sort(values);
                for (String share : List.of("0.001", "0.25", "0.5", "0.95", "0.999", "1")) {
                    double exact = exact(values, new BigDecimal(share));
                    assertThat(QuantileSketch.value(sketch, new BigDecimal(share)))
                            .isCloseTo(exact, within(Math.abs(exact) * QuantileSketch.ERROR * 1.000_001));
                }
            }
        }
    }

    @Test
    void quantilesMergedInAnyOrderAreWhatAllValuesMake() {
        Random random = new Random(11);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            values.add(random.nextGaussian() * 100);
        }
        byte[] all = quantiles(values);
        byte[] first = quantiles(values.subList(0, 700));
        byte[] second = quantiles(values.subList(700, 2_000));
        Collections.shuffle(values, random);
        assertThat(quantiles(values)).isEqualTo(all);
        assertThat(QuantileSketch.merge(first, second)).isEqualTo(all);
        assertThat(QuantileSketch.merge(second, first)).isEqualTo(all);
        assertThat(QuantileSketch.merge(all, QuantileSketch.EMPTY)).isEqualTo(all);
    }

    @Test
    void numbersWithoutASizeAreInTheirOrder() {
        byte[] sketch = quantiles(Arrays.asList(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                0.0,
                -0.0,
                Double.MIN_VALUE,
                Double.MAX_VALUE));
        assertThat(QuantileSketch.value(sketch, new BigDecimal("0.1"))).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(QuantileSketch.value(sketch, new BigDecimal("0.5"))).isZero();
        assertThat(QuantileSketch.value(sketch, new BigDecimal("0.7")))
                .isCloseTo(Double.MAX_VALUE, within(Double.MAX_VALUE / 100));
        assertThat(QuantileSketch.value(sketch, new BigDecimal("0.8"))).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(QuantileSketch.value(sketch, BigDecimal.ONE)).isNaN();
    }

    @Test
    void sketchesOfAnotherVersionAreRefused() {
        byte[] later = {9};
        assertThatThrownBy(() -> DistinctSketch.add(later, 1)).hasMessageContaining("version 9");
        assertThatThrownBy(() -> QuantileSketch.add(later, 1)).hasMessageContaining("version 9");
    }

    /** State of a running job holds them: they may never change. */
    @Test
    void theBytesOfSketchesAreFixed() {
        assertThat(hash(1)).isEqualTo(9_187_075_627_138_488_125L);
        assertThat(quantiles(List.of(1.0, 1.0, -5.0)))
                .containsExactly(1, -1, -1, 0x63, 0x6F, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, -100, 64, 0, 0, 0, 0, 0, 0, 0, 2);
        assertThat(Arrays.hashCode(distinct(0, 1_000))).isEqualTo(-713_596_098);
    }

    private static double exact(List<Double> ordered, BigDecimal share) {
        int rank = share.multiply(BigDecimal.valueOf(ordered.size()))
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
        return ordered.get(rank - 1);
    }

    private static long hash(int value) {
        byte[] bytes = Integer.toString(value).getBytes(US_ASCII);
        return DistinctSketch.hash(bytes, bytes.length);
    }

    private static byte[] distinct(int from, int to) {
        byte[] sketch = DistinctSketch.EMPTY;
        for (int value = from; value < to; value++) {
            sketch = DistinctSketch.add(sketch, hash(value));
        }
        return sketch;
    }

    private static byte[] quantiles(List<Double> values) {
        byte[] sketch = QuantileSketch.EMPTY;
        for (double value : values) {
            sketch = QuantileSketch.add(sketch, value);
        }
        return sketch;
    }
}
