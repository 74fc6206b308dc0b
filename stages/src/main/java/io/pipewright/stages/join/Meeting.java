package io.pipewright.stages.join;

import java.io.Serializable;

/** Which times of two records let them meet; in milliseconds. */
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

    /**
     * The difference of the times is between two bounds.
     *
     * @param from the least difference of the second's time minus the first's, inclusive
     * @param to the greatest, inclusive
     */
    record Within(long from, long to) implements Meeting {

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
    }

    /** Both times are in one of the windows of this size that lie side by side from the epoch on. */
    record SameWindow(long size) implements Meeting {

        /** The start of the window that a moment belongs to. */
        long startOf(long time) {
            return Math.floorDiv(time, size) * size;
        }

        /** The moment at which that window is over. */
        long endOf(long time) {
            return startOf(time) + size;
        }

        @Override
        public boolean meet(long first, long second) {
            return startOf(first) == startOf(second);
        }

        @Override
        public long lastForFirst(long time) {
            return endOf(time) - 1;
        }

        @Override
        public long lastForSecond(long time) {
            return endOf(time) - 1;
        }

        @Override
        public long longestAfterFirst() {
            return size - 1;
        }

        @Override
        public long longestAfterSecond() {
            return size - 1;
        }
    }
}
