package io.pipewright.stages.generate;

import java.util.random.RandomGenerator;

/**
 * The random numbers of one field of one record, which depend on neither other fields nor other records.
 *
 * <p>They are those of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014), begun
 * at a state that the seed, the record's number and the field's name make.
 */
final class Draw implements RandomGenerator {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    private Draw(long state) {
        this.state = state;
    }

    static Draw of(long seed, long number, String field) {
        return new Draw(mix(mix(seed + GOLDEN * (number + 1)) + GOLDEN * (field.hashCode() + 1L)));
    }

    @Override
    public long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
