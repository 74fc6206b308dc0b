package io.pipewright.bench.feed;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Which customers already have an event of a time. */
final class CustomerTimes {

    private static final int ATTEMPTS = 100;

    private final int[] times;
    private final int customers;
    private final Set<Long> taken;

    CustomerTimes(int[] times, int customers) {
        this.times = times;
        this.customers = customers;
        this.taken = new HashSet<>(times.length * 2);
    }

    /**
     * A random customer that has no event of this event's time yet.
     *
     * @throws IllegalArgumentException when there are too few customers for so many events at a time
     */
    int free(Random random, int event) {
        for (int i = 0; i < ATTEMPTS; i++) {
            int customer = random.nextInt(customers);
            if (taken.add((long) times[event] * customers + customer)) {
                return customer;
            }
        }
        throw new IllegalArgumentException("There are too few customers for so many events of one millisecond.");
    }
}
