package io.pipewright.stages.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CutTest {

    private static Cut.Slices millis(long size, long hop, long offset) {
        return new Cut.Slices(new Axis.Millis(offset), size, hop, false);
    }

    private static Cut.Slices days(String zone, long size, long hop, Duration offset) {
        return new Cut.Slices(new Axis.Days(ZoneId.of(zone), offset.toMillis()), size, hop, false);
    }

    private static long at(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    @Test
    void slicesOfWindowsThatSlideByNoDivisorHaveTwoLengths() {
        Cut.Slices slices = millis(10, 4, 0);
        List<Long> bounds = new ArrayList<>();
        for (long start = 0; start < 10; start = slices.endOf(start)) {
            bounds.add(start);
        }
        assertThat(bounds).containsExactly(0L, 2L, 4L, 6L, 8L);
        assertThat(slices.startOf(5)).isEqualTo(4);
        assertThat(slices.endsOf(5)).containsExactly(6, 10, 14);
        assertThat(slices.endsOf(6)).containsExactly(10, 14);
        assertThat(slices.startOfWindow(14)).isEqualTo(4);
        assertThat(slices.startOf(-1)).isEqualTo(-2);
    }

    @Test
    void aDayIsAnHourShorterOrLongerWhereClocksAreSet() {
        Cut.Slices slices = days("Europe/Berlin", 1, 1, Duration.ZERO);
        long spring = at("2024-03-31T12:00:00Z");
        assertThat(slices.startOf(spring)).isEqualTo(at("2024-03-30T23:00:00Z"));
        assertThat(slices.endOf(spring)).isEqualTo(at("2024-03-31T22:00:00Z"));
        long autumn = at("2024-10-27T12:00:00Z");
        assertThat(slices.startOf(autumn)).isEqualTo(at("2024-10-26T22:00:00Z"));
        assertThat(slices.endOf(autumn)).isEqualTo(at("2024-10-27T23:00:00Z"));
    }

    @Test
    void aDayThatBeginsAtATimeWhichClocksLeaveOutBeginsAsMuchLaterAndOneThatComesTwiceAtTheFirst() {
        Cut.Slices slices = days("Europe/Berlin", 1, 1, Duration.ofMinutes(150));
        assertThat(slices.startOf(at("2024-03-31T12:00:00Z"))).isEqualTo(at("2024-03-31T01:30:00Z"));
        assertThat(slices.endOf(at("2024-03-31T01:29:59Z"))).isEqualTo(at("2024-03-31T01:30:00Z"));
        assertThat(slices.startOf(at("2024-10-27T01:10:00Z"))).isEqualTo(at("2024-10-27T00:30:00Z"));
    }

    @Test
    void aDayThatAZoneLeftOutHoldsNothing() {
        Cut.Slices slices = days("Pacific/Apia", 1, 1, Duration.ZERO);
        long turn = at("2011-12-30T10:00:00Z");
        assertThat(slices.endOf(turn - 1)).isEqualTo(turn);
        assertThat(slices.startOf(turn)).isEqualTo(turn);
        assertThat(slices.endOf(turn)).isEqualTo(at("2011-12-31T10:00:00Z"));
        Cut.Slices weeks = days("Pacific/Apia", 7, 1, Duration.ZERO);
        for (long end : weeks.endsOf(turn)) {
            assertThat(weeks.startOfWindow(end)).isLessThanOrEqualTo(turn);
            assertThat(weeks.endOf(end - 1)).isEqualTo(end);
        }
    }

    @Test
    void weeksBeginAtTheDayThatTheOffsetSays() {
        Cut.Slices weeks = days("Europe/Berlin", 7, 7, Duration.ofDays(4));
        assertThat(weeks.startOf(at("2024-07-03T00:00:00Z"))).isEqualTo(at("2024-06-30T22:00:00Z"));
    }

    @Test
    void cumulativeWindowsGrowFromOneStart() {
        Cut.Slices slices = new Cut.Slices(new Axis.Millis(0), 12, 4, true);
        assertThat(slices.endsOf(5)).containsExactly(8, 12);
        assertThat(slices.startOfWindow(8)).isEqualTo(0);
        assertThat(slices.startOfWindow(12)).isEqualTo(0);
        assertThat(slices.startOfWindow(16)).isEqualTo(12);
        assertThat(slices.lastEndOf(-1)).isEqualTo(0);
    }

    private static List<String> problems(WindowOptions.Window window, Duration lateness) {
        TestPlan plan = TestPlan.from(RecordType.of("Call", Field.of("channel", Scalar.STRING)));
        WindowOptions options = new WindowOptions(
                List.of("channel"), window, lateness, Map.of("n", new Expression("count()", "aggregate.n")));
        assertThat(new WindowType().plan(options, plan).isEmpty())
                .isEqualTo(!plan.problems().isEmpty());
        return plan.problems();
    }

    private static List<String> problems(WindowOptions.Window window) {
        return problems(window, Duration.ZERO);
    }

    private static Duration s(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void spansThatDoNotFitTogetherAreFound() {
        assertThat(problems(new WindowOptions.Sliding(s(10), s(11), s(0), null)))
                .containsExactly("out-of-range at window.slide");
        assertThat(problems(new WindowOptions.Sliding(s(10), Duration.ofMillis(1), s(0), null)))
                .isEmpty();
        assertThat(problems(new WindowOptions.Sliding(s(11), Duration.ofMillis(1), s(0), null)))
                .containsExactly("out-of-range at window.slide");
        assertThat(problems(new WindowOptions.Sliding(s(10), s(5), s(5), null)))
                .containsExactly("out-of-range at window.offset");
        assertThat(problems(new WindowOptions.Tumbling(s(10), s(10), null)))
                .containsExactly("out-of-range at window.offset");
        assertThat(problems(new WindowOptions.Cumulative(s(10), s(3), s(0), null)))
                .containsExactly("out-of-range at window.step");
        assertThat(problems(new WindowOptions.Cumulative(s(86_400), Duration.ofMillis(1), s(0), null)))
                .containsExactly("out-of-range at window.step");
        assertThat(problems(new WindowOptions.Session(s(10), s(9))))
                .containsExactly("out-of-range at window.maxLength");
        assertThat(problems(new WindowOptions.Session(s(10), s(10)))).isEmpty();
        assertThat(problems(new WindowOptions.Global(), s(1))).containsExactly("useless-option at allowedLateness");
    }

    @Test
    void aZoneIsOneThatThereIsAndCutsWholeDays() {
        assertThat(problems(new WindowOptions.Tumbling(s(86_400), s(3_600), "Europe/Berlin")))
                .isEmpty();
        assertThat(problems(new WindowOptions.Tumbling(s(86_400), s(0), "Europe/Berlni")))
                .containsExactly("bad-value at window.zone");
        assertThat(problems(new WindowOptions.Tumbling(s(3_600), s(0), "Europe/Berlin")))
                .containsExactly("out-of-range at window.size");
        assertThat(problems(new WindowOptions.Sliding(s(86_400), s(3_600), s(0), "Europe/Berlin")))
                .containsExactly("out-of-range at window.slide");
    }
}
