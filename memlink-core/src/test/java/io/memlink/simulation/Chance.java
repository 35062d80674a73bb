package io.memlink.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A source of chance. There is one for each part of a simulation, so that a fault that is
 * left out changes as little as possible elsewhere.
 */
final class Chance implements RandomGenerator {

    private final SplittableRandom random;

    Chance(long seed, String part) {
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + part.hashCode());
    }

    @Override
    public long nextLong() {
        return this.random.nextLong();
    }

    boolean hits(double probability) {
        return this.random.nextDouble() < probability;
    }

    /** Returns a number from the first to the last, both included. */
    int from(int first, int last) {
        return this.random.nextInt(first, last + 1);
    }

    /** Returns nanoseconds between two numbers of milliseconds. */
    long millis(double least, double most) {
        return (long) ((least + (most - least) * this.random.nextDouble()) * TimeUnit.MILLISECONDS.toNanos(1));
    }

    /** Returns nanoseconds that are mostly few, and seldom many. */
    long seldomMany(double leastMillis, double mostMillis) {
        double skewed = Math.pow(this.random.nextDouble(), 4);
        return (long) ((leastMillis + (mostMillis - leastMillis) * skewed) * TimeUnit.MILLISECONDS.toNanos(1));
    }

    <T> T pick(List<T> choices) {
        return choices.get(this.random.nextInt(choices.size()));
    }

}
