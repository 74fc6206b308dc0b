package io.pipewright.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Medians, and how far a ratio of medians can be trusted. */
final class Statistics {

    private static final int RESAMPLES = 10_000;

    /** Of 100 bootstrapped ratios, five are below the lower bound, and five above the upper one. */
    private static final double BEYOND = 0.05;

    private Statistics() {}

    /**
     * The middle of a sample and its ends.
     *
     * @param median of an even number of values the mean of the two in the middle
     */
    record Spread(double median, double min, double max) {
        static Spread of(List<Double> sample) {
            double[] sorted = sorted(sample);
            return new Spread(middle(sorted), sorted[0], sorted[sorted.length - 1]);
        }
    }

    /**
     * By how much one sample is greater than another.
     *
     * @param ratio of the medians
     * @param lowerBound the one-sided 95 % bound of the percentile bootstrap: both samples are drawn again with
     *     replacement, each for itself, 10,000 times
     * @param upperBound the same at the other end
     */
    record Ratio(double ratio, double lowerBound, double upperBound) {

        /** Equal samples give equal bounds: the drawing is seeded. */
        static Ratio of(List<Double> sample, List<Double> base) {
            double[] above = sorted(sample);
            double[] below = sorted(base);
            Random random = new Random(1);
            double[] ratios = new double[RESAMPLES];
            for (int i = 0; i < RESAMPLES; i++) {
                ratios[i] = middle(drawn(above, random)) / middle(drawn(below, random));
            }
            Arrays.sort(ratios);
            int beyond = (int) (RESAMPLES * BEYOND);
            return new Ratio(middle(above) / middle(below), ratios[beyond], ratios[RESAMPLES - 1 - beyond]);
        }
    }

    private static double[] drawn(double[] sample, Random random) {
        double[] drawn = new double[sample.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = sample[random.nextInt(sample.length)];
        }
        Arrays.sort(drawn);
        return drawn;
    }

    private static double[] sorted(List<Double> sample) {
        if (sample.isEmpty()) {
            throw new IllegalArgumentException("a sample has a value or more");
        }
        return sample.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static double middle(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
