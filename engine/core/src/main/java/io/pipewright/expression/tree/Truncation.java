package io.pipewright.expression.tree;

import io.pipewright.spi.expression.EvaluationException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.function.UnaryOperator;

/** The beginnings of the second, minute, hour, day, week, month, quarter or year of a moment, by the clocks of a zone. */
final class Truncation {

    private Truncation() {}

    static Builtin.One to(String unit, ZoneId zone) {
        UnaryOperator<ZonedDateTime> begin = begin(unit);
        return moment -> {
            Instant truncated = begin.apply(((Instant) moment).atZone(zone)).toInstant();
            if (!Times.inRange(truncated)) {
                throw Numbers.overflow("truncate(\"" + unit + "\")");
            }
            return truncated;
        };
    }

    static UnaryOperator<ZonedDateTime> begin(String unit) {
        return switch (unit) {
            case "second" -> time -> time.truncatedTo(ChronoUnit.SECONDS);
            case "minute" -> time -> time.truncatedTo(ChronoUnit.MINUTES);
            case "hour" -> time -> time.truncatedTo(ChronoUnit.HOURS);
            case "day" -> time -> startOf(time, date -> date);
            case "week" -> time -> startOf(time, date -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            case "month" -> time -> startOf(time, date -> date.withDayOfMonth(1));
            case "quarter" -> time ->
                    startOf(time, date -> date.withDayOfMonth(1).withMonth((date.getMonthValue() - 1) / 3 * 3 + 1));
            case "year" -> time -> startOf(time, date -> date.withDayOfYear(1));
            default -> throw new EvaluationException(
                    "bad-literal",
                    "`" + unit + "` is not a unit of time; write `second`, `minute`, `hour`, `day`, `week`, `month`,"
                            + " `quarter` or `year`.");
        };
    }

    /** The first moment of a day, which is not midnight where clocks skip it. */
    private static ZonedDateTime startOf(ZonedDateTime time, UnaryOperator<LocalDate> day) {
        return day.apply(time.toLocalDate()).atStartOfDay(time.getZone());
    }
}
