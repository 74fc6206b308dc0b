package io.pipewright.sandbox.cxone;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The customers of a feed: which partition each one's key belongs to, and until when a scenario holds one. */
final class Customers {
    private static final int FEWEST = 200;
    private static final int MOST = 5_000;
    private static final int EVENTS_EACH = 50;
    private static final int TRIES = 20;

    private final List<String> ids = new ArrayList<>();
    private final Map<String, Long> busyUntil = new HashMap<>();
    private final Random random;
    private final int partitions;

    Customers(int events, int partitions, Random random) {
        this.random = random;
        this.partitions = partitions;
        int count = Math.max(FEWEST, Math.min(MOST, events / EVENTS_EACH));
        Set<Integer> covered = new HashSet<>();
        for (int i = 0; ids.size() < count || covered.size() < partitions; i++) {
            String id = "c" + i;
            ids.add(id);
            covered.add(partition(id, partitions));
        }
    }

    /** The partition that Kafka's own partitioner chooses for a key. */
    static int partition(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** Any customer: also one in the middle of a scenario. */
    String any() {
        return ids.get(random.nextInt(ids.size()));
    }

    /** A customer whom no scenario holds at a time; none if many tries found none. */
    @Nullable
    String free(long time) {
        for (int i = 0; i < TRIES; i++) {
            String id = any();
            if (busyUntil.getOrDefault(id, Long.MIN_VALUE) < time) {
                return id;
            }
        }
        return null;
    }

    /** The first customer of a partition. */
    String in(int partition) {
        return ids.stream()
                .filter(id -> partition(id, partitions) == partition)
                .findFirst()
                .orElseThrow();
    }

    void hold(String id, long until) {
        busyUntil.put(id, until);
    }

    List<String> all() {
        return ids;
    }
}
