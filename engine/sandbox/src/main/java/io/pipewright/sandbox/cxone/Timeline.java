package io.pipewright.sandbox.cxone;

import java.util.HashSet;
import java.util.Set;

/** Gives every event a millisecond of its own; a tie is made on purpose, by not asking. */
final class Timeline {
    private final Set<Long> taken = new HashSet<>();

    /** The first free millisecond from the wanted one on. */
    long claim(long wanted) {
        long time = wanted;
        while (!taken.add(time)) {
            time++;
        }
        return time;
    }

    /** The last free millisecond up to the wanted one. */
    long claimBefore(long wanted) {
        long time = wanted;
        while (!taken.add(time)) {
            time--;
        }
        return time;
    }

    /** The first of two free milliseconds with an exact distance. */
    long claimPair(long wanted, long distance) {
        long time = wanted;
        while (taken.contains(time) || taken.contains(time + distance)) {
            time++;
        }
        taken.add(time);
        taken.add(time + distance);
        return time;
    }
}
