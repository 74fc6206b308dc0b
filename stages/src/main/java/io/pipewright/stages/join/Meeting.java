package io.pipewright.stages.join;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which times of two records let them meet, and in which windows; in milliseconds. */
sealed interface Meeting extends Serializable {

    /** Whether records of these times meet. */
    boolean meet(long first, long second);

    /** The latest time of a record of the second input that one of the first can meet. */
    long lastForFirst(long time);

    /** The latest time of a record of the first input that one of the second can meet. */
    long lastForSecond(long time);

    /** How long after a record of the first input its last partner may come; negative if all come before it. */
    long longestAfterFirst();

    /** How long after a record of the second input its last partner may come; negative if all come before it. */
    long longestAfterSecond();

    /** The windows in which two records meet, with a row for each; where there are no windows, {@link Span#NONE} alone. */
    List<Span> ofPair(long first, long second);

    /**
     * The windows in which a record comes out alone, likewise.
     *
     * @param before the latest time, not after its own, of a record that met it; null if there is none
     * @param after the earliest time, not before its own, of a record that met it; null if there is none
     */
    List<Span> ofAlone(long time, @Nullable Long before, @Nullable Long after);

    /** A span of event time, its end exclusive. */
    record Span(long start, long end) {

        /** What a row has that is of no window. */
        static final Span NONE = new Span(0, 0);

        boolean holds(long time) {
            return start <= time && time < end;
        }
    }

    /**
     * The difference of the times is between two bounds.
     *
     * @param from the least difference of the second's time minus the first's, inclusive
     * @param to the greatest, inclusive
     */
    record Within(long from, long to) implements Meeting {

        private static final List<Span> ONE_ROW = List.of(Span.NONE);

        @Override
        public boolean meet(long first, long second) {
            long difference = second - first;
            return from <= difference && difference <= to;
        }

        @Override
        public long lastForFirst(long time) {
            return time + to;
        }

        @Override
        public long lastForSecond(long time) {
            return time - from;
        }

        @Override
        public long longestAfterFirst() {
            return to;
        }

        @Override
        public long longestAfterSecond() {
            return -from;
        }

        @Override
        public List<Span> ofPair(long first, long second) {
            return ONE_ROW;
        }

        @Override
        public List<Span> ofAlone(long time, @Nullable Long before, @Nullable Long after) {
            return before == null && after == null ? ONE_ROW : List.of();
        }
    }

    /** Both times are in one of the windows into which event time is cut; there is a row for each that both are in. */
    sealed interface Windows extends Meeting {

        /** How long the longest are. */
        long size();

        /** Those that a moment is in, in the order in which they end. */
        List<Span> of(long time);

        /** The moment at which the last of them is over. */
        long endOfLast(long time);

        @Override
        default long lastForFirst(long time) {
            return endOfLast(time) - 1;
        }

        @Override
        default long lastForSecond(long time) {
            return endOfLast(time) - 1;
        }

        @Override
        default long longestAfterFirst() {
            return size() - 1;
        }

        @Override
        default long longestAfterSecond() {
            return size() - 1;
        }

        @Override
        default List<Span> ofPair(long first, long second) {
            return of(first).stream().filter(window -> window.holds(second)).toList();
        }

        /** A window is a span, so one that holds any record that met this one holds the nearest before or after it. */
        @Override
        default List<Span> ofAlone(long time, @Nullable Long before, @Nullable Long after) {
            return of(time).stream()
                    .filter(window -> before == null || !window.holds(before))
                    .filter(window -> after == null || !window.holds(after))
                    .toList();
        }
    }

    /** Windows of one size, of which one starts at each multiple of {@code slide} since the epoch. */
    record Sliding(long size, long slide) implements Windows {

        @Override
        public boolean meet(long first, long second) {
            return endOfLast(Math.min(first, second)) > Math.max(first, second);
        }

        @Override
        public List<Span> of(long time) {
            List<Span> windows = new ArrayList<>();
            for (long start = lastStart(time - size) + slide; start <= time; start += slide) {
                windows.add(new Span(start, start + size));
            }
            return windows;
        }

        @Override
        public long endOfLast(long time) {
            return lastStart(time) + size;
        }

        private long lastStart(long time) {
            return Math.floorDiv(time, slide) * slide;
        }
    }

    /** Windows that start at multiples of {@code size} since the epoch, and end each a {@code step} later, up to {@code size}. */
    record Cumulative(long size, long step) implements Windows {

        @Override
        public boolean meet(long first, long second) {
            return start(first) == start(second);
        }

        @Override
        public List<Span> of(long time) {
            List<Span> windows = new ArrayList<>();
            long start = start(time);
            for (long end = start + ((time - start) / step + 1) * step; end <= start + size; end += step) {
                windows.add(new Span(start, end));
            }
            return windows;
        }

        @Override
        public long endOfLast(long time) {
            return start(time) + size;
        }

        private long start(long time) {
            return Math.floorDiv(time, size) * size;
        }
    }
}
