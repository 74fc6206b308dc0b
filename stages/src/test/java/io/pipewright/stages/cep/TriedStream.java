package io.pipewright.stages.cep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** What is fed to both sides of a comparison, in order: events of many keys, out of order, some late; watermarks; crashes. */
record TriedStream(List<Happening> happenings) {

    /** One thing that happens. */
    sealed interface Happening permits Fed, Reached, Crash {}

    /** @param number of the event among all of its key, and of the key: the key's times {@link #NUMBERS} */
    record Fed(long time, int key, char letter, long number) implements Happening {}

    /** A watermark. */
    record Reached(long watermark) implements Happening {}

    /** A snapshot and a restore of the side under test, into so many subtasks. */
    record Crash(int subtasks) implements Happening {}

    static final long NUMBERS = 10_000;

    /** Of so many keys, with some ticks of 10 ms each. Times are multiples of 5 ms, so many are equal. */
    static TriedStream random(Random random, int keys, int ticks) {
        List<Happening> all = new ArrayList<>();
        long watermark = 0;
        int crashes = random.nextInt(3);
        for (int tick = 10; tick < 10 + ticks; tick++) {
            for (int key = 0; key < keys; key++) {
                if (random.nextInt(8) > 0) {
                    long time = 10L * tick - 5L * random.nextInt(8);
                    all.add(new Fed(time, key, TriedPattern.letter(random), key * NUMBERS + tick));
                }
            }
            if (random.nextInt(3) == 0) {
                watermark = Math.max(watermark, 10L * tick - 5L * random.nextInt(8));
                all.add(new Reached(watermark));
            }
            if (random.nextInt(ticks) < crashes) {
                all.add(new Crash(1 + random.nextInt(2)));
            }
        }
        all.add(new Reached(10L * (9 + ticks) + 5L * random.nextInt(20)));
        all.add(new Reached(Long.MAX_VALUE));
        return new TriedStream(all);
    }

    /**
     * The same, but every event that is in time comes right before the watermark that reaches it, in the order of the
     * times.
     *
     * @param afterACrash whether only from the first crash on, if there is one
     */
    TriedStream byTime(boolean afterACrash) {
        List<Happening> all = new ArrayList<>();
        List<Fed> held = new ArrayList<>();
        boolean holding = !afterACrash;
        long watermark = Long.MIN_VALUE;
        for (Happening happening : happenings) {
            if (happening instanceof Fed fed && holding && fed.time > watermark) {
                held.add(fed);
                continue;
            }
            if (happening instanceof Reached reached) {
                watermark = Math.max(watermark, reached.watermark);
                held.stream()
                        .filter(fed -> fed.time <= reached.watermark)
                        .sorted(Comparator.comparingLong(Fed::time))
                        .forEach(all::add);
                held.removeIf(fed -> fed.time <= reached.watermark);
            }
            holding |= happening instanceof Crash;
            all.add(happening);
        }
        return new TriedStream(all);
    }

    TriedStream ofKey(int key) {
        return new TriedStream(happenings.stream()
                .filter(happening -> !(happening instanceof Fed fed) || fed.key == key)
                .toList());
    }

    private TriedStream without(int position) {
        List<Happening> fewer = new ArrayList<>(happenings);
        fewer.remove(position);
        return new TriedStream(fewer);
    }

    /** A stream for which this holds as it does for this one, and for none that lacks one thing of it. */
    TriedStream shrunk(Predicate<TriedStream> fails) {
        TriedStream least = this;
        for (int i = least.happenings.size() - 1; i >= 0; i--) {
            TriedStream fewer = least.without(i);
            if (fails.test(fewer)) {
                least = fewer;
            }
        }
        return least;
    }
}
