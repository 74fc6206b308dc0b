package io.pipewright.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pipewright.bench.Statistics.Ratio;
import io.pipewright.bench.Statistics.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void theMedianOfAnOddNumberIsTheMiddleOne() {
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9));
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Spread(3, 1, 9));
    }

    @Test
    void aRatioIsThatOfTheMedians() {
        Ratio ratio = Ratio.of(List.of(30.0, 28.0, 35.0), List.of(10.0, 9.0, 11.0));

        assertThat(ratio.ratio()).isCloseTo(3.0, within(1e-9));
    }

    @Test
    void theBoundsAreTheRatioWhereNothingVaries() {
        Ratio ratio = Ratio.of(List.of(6.0, 6.0, 6.0), List.of(2.0, 2.0));

        assertThat(ratio).isEqualTo(new Ratio(3, 3, 3));
    }

    @Test
    void theMoreASampleVariesTheFurtherApartAreTheBounds() {
        List<Double> base = List.of(10.0, 10.0, 10.0, 10.0, 10.0);
        Ratio steady = Ratio.of(List.of(29.0, 30.0, 30.0, 30.0, 31.0), base);
        Ratio shaky = Ratio.of(List.of(12.0, 15.0, 30.0, 45.0, 48.0), base);

        assertThat(steady.lowerBound()).isBetween(2.9, 3.0);
        assertThat(shaky.lowerBound()).isBetween(1.2, 1.5);
        assertThat(shaky.upperBound()).isBetween(4.5, 4.8);
        assertThat(shaky.ratio()).isEqualTo(steady.ratio());
    }

    @Test
    void equalSamplesGiveEqualBounds() {
        List<Double> one = List.of(3.0, 5.0, 8.0);
        List<Double> other = List.of(1.0, 2.0, 2.5);

        assertThat(Ratio.of(one, other)).isEqualTo(Ratio.of(one, other));
    }

    @Test
    void thereIsNoMedianOfNothing() {
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
