package io.memlink.placement;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Gives each key to the backend with the highest score for it. Where weights differ, the
 * score is stretched by the weight in such a way that shares are as the weights, and that
 * changing one weight moves keys to or from that backend only.
 *
 * @see <a href="https://www.eecs.umich.edu/techreports/cse/96/CSE-TR-316-96.pdf">Thaler
 * and Ravishankar, A Name-Based Mapping Scheme for Rendezvous</a>
 * @see <a href="https://doi.org/10.1007/11561071_4">Schindelhauer and Schomaker, Weighted
 * Distributed Hash Tables</a>
 */
final class RendezvousLocator implements NodeLocator {

    private final long[] seeds;

    /** {@code null} where all are the same. */
    private final double @Nullable [] weights;

    RendezvousLocator(List<Backend> backends) {
        this.seeds = backends.stream().mapToLong((backend) -> KeyHash.of(backend.id())).toArray();
        double[] weights = backends.stream().mapToDouble(Backend::weight).toArray();
        boolean differ = IntStream.range(1, weights.length).anyMatch((i) -> weights[i] != weights[0]);
        this.weights = differ ? weights : null;
    }

    @Override
    public int locate(byte[] key) {
        if (this.seeds.length == 1) {
            return 0;
        }
        long hash = KeyHash.of(key);
        double[] weights = this.weights;
        return (weights == null) ? highest(hash) : cheapest(hash, weights);
    }

    private int highest(long hash) {
        int best = 0;
        long bestScore = Long.MIN_VALUE;
        for (int i = 0; i < this.seeds.length; i++) {
            long score = score(hash, i);
            if (score > bestScore) {
                bestScore = score;
                best = i;
            }
        }
        return best;
    }

    private int cheapest(long hash, double[] weights) {
        int best = 0;
        double bestCost = Double.POSITIVE_INFINITY;
        for (int i = 0; i < this.seeds.length; i++) {
            double cost = cost(hash, i, weights);
            if (cost < bestCost) {
                bestCost = cost;
                best = i;
            }
        }
        return best;
    }

    private long score(long hash, int index) {
        return KeyHash.mix(hash ^ this.seeds[index]);
    }

    /**
     * The reciprocal of the weighted score {@code -weight / ln(x)}, for the score as a
     * number between 0 and 1. Higher scores cost less, so that equal weights place as no
     * weights do. Computed alike on all platforms.
     */
    private double cost(long hash, int index, double[] weights) {
        double unit = ((score(hash, index) >> 12) + 0x1p51 + 0.5) * 0x1p-52;
        return -StrictMath.log(unit) / weights[index];
    }

    @Override
    public List<Integer> candidates(byte[] key) {
        long hash = KeyHash.of(key);
        double[] weights = this.weights;
        Comparator<Integer> order = (weights == null)
                ? Comparator.comparingLong((Integer index) -> score(hash, index)).reversed()
                : Comparator.comparingDouble((index) -> cost(hash, index, weights));
        return IntStream.range(0, this.seeds.length).boxed().sorted(order).toList();
    }

    @Override
    public OptionalLong hash(byte[] key) {
        return OptionalLong.of(KeyHash.of(key));
    }

}
