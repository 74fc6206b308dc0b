package io.pipewright.stages.window;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * What windows are measured on: event time as numbered units, such as milliseconds or the days of a time zone. A unit that
 * has no time at all, as a day that a zone left out, holds no moment.
 */
sealed interface Axis extends Serializable {

    /** The unit that holds a moment, given in epoch milliseconds. */
    long at(long time);

    /** Where a unit starts, in epoch milliseconds. */
    long startOf(long unit);

    /** Milliseconds from an offset after the epoch on. */
    record Millis(long offset) implements Axis {

        @Override
        public long at(long time) {
            return time - offset;
        }

        @Override
        public long startOf(long unit) {
            return unit + offset;
        }
    }

    /**
     * The days of a time zone, numbered from 1970-01-01, each from an offset after midnight on; a day has 23 or 25 hours
     * where clocks are set. A start that the clocks leave out is as much later as they are set forward, and of one that
     * comes twice it is the first.
     */
    record Days(ZoneId zone, long offset) implements Axis {

        @Override
        public long at(long time) {
            LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(time), zone);
            long day = local.minus(offset, ChronoUnit.MILLIS).toLocalDate().toEpochDay();
            while (startOf(day) > time) {
                day--;
            }
            while (startOf(day + 1) <= time) {
                day++;
            }
            return day;
        }

        @Override
        public long startOf(long day) {
            LocalDateTime start = LocalDate.ofEpochDay(day).atStartOfDay().plus(offset, ChronoUnit.MILLIS);
            return start.atZone(zone).toInstant().toEpochMilli();
        }
    }

    /** All of event time as the one unit 0. */
    record Whole() implements Axis {

        @Override
        public long at(long time) {
            return 0;
        }

        @Override
        public long startOf(long unit) {
            return unit <= 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
