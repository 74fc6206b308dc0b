package io.pipewright.stages.window;

import java.io.Serializable;

/** How event time is cut into windows. */
sealed interface Cut extends Serializable {

    /** The cut in words, for the signature of state. */
    String text();

    /** Whether a window has a start and an end that its row can tell. */
    boolean bounded();

    /**
     * A window from the first to the last record of a group between which no pause is longer than {@code gap}, and {@code
     * gap} more. Two records with just {@code gap} between them are in one.
     *
     * @param gap in milliseconds
     * @param maxLength in milliseconds, at least {@code gap}; {@link Long#MAX_VALUE} for none
     */
    record Sessions(long gap, long maxLength) implements Cut {

        @Override
        public String text() {
            return "session " + gap + " ms" + (limited() ? ", at most " + maxLength + " ms" : "");
        }

        @Override
        public boolean bounded() {
            return true;
        }

        boolean limited() {
            return maxLength < Long.MAX_VALUE;
        }

        /** The end of a session, exclusive, from its first and last record. */
        long end(long first, long last) {
            return limited() ? Math.min(last + gap, first + maxLength) : last + gap;
        }

        /** Whether records from {@code first} to {@code last} may be in one session, as far as its length goes. */
        boolean fits(long first, long last) {
            return !limited() || last - first < maxLength;
        }
    }

    /**
     * Windows that start or end at fixed moments, the same for all groups: tumbling where {@code hop} is {@code size}, sliding by
     * {@code hop}, or growing by it from the start of each {@code size}.
     *
     * <p>Windows that overlap share slices: the stretches between two neighbouring bounds of any windows. A record is in
     * one slice, and a window is some slices one after the other, no more than two per {@code hop}.
     *
     * @param size in units of the axis
     * @param hop at most {@code size}; of cumulative windows a divisor of it
     */
    record Slices(Axis axis, long size, long hop, boolean cumulative) implements Cut {

        /** Tumbling windows are slices of their own. */
        boolean alone() {
            return hop == size;
        }

        /** The start of the slice that holds a moment. */
        long startOf(long time) {
            long unit = axis.at(time);
            return axis.startOf(Math.max(unit - Math.floorMod(unit, hop), unit - Math.floorMod(unit - size, hop)));
        }

        /** The end, exclusive, of the slice that holds a moment. */
        long endOf(long time) {
            long unit = axis.at(time);
            return axis.startOf(Math.min(unit - Math.floorMod(unit, hop) + hop, firstEnd(unit)));
        }

        /** The ends of the windows that the slice with a moment is part of, in order. */
        long[] endsOf(long time) {
            long unit = axis.at(time);
            long first = firstEnd(unit);
            long[] ends = new long[Math.toIntExact((lastEnd(unit) - first) / hop) + 1];
            for (int i = 0; i < ends.length; i++) {
                ends[i] = axis.startOf(first + i * hop);
            }
            return ends;
        }

        /** The end of the last window that the slice with a moment is part of. */
        long lastEndOf(long time) {
            return axis.startOf(lastEnd(axis.at(time)));
        }

        /** Where the window starts that has this end. */
        long startOfWindow(long end) {
            long unit = firstEnd(axis.at(end - 1));
            return axis.startOf(cumulative ? Math.floorDiv(unit - 1, size) * size : unit - size);
        }

        private long firstEnd(long unit) {
            return unit - Math.floorMod(unit - size, hop) + hop;
        }

        private long lastEnd(long unit) {
            return unit - Math.floorMod(unit, cumulative ? size : hop) + size;
        }

        @Override
        public String text() {
            String kind = !bounded() ? "global" : alone() ? "tumbling" : cumulative ? "cumulative" : "sliding";
            return kind + " " + size + " by " + hop + " on " + axis;
        }

        @Override
        public boolean bounded() {
            return !(axis instanceof Axis.Whole);
        }
    }
}
