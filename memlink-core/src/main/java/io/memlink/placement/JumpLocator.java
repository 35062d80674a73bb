package io.memlink.placement;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Numbers the backends in the order of their identities, one with a weight as often, and
 * computes the number of a key without any table. Only the last of them can come or go
 * without moving keys of others.
 *
 * @see <a href="https://arxiv.org/abs/1406.2294">Lamping and Veach, A Fast, Minimal
 * Memory, Consistent Hash Algorithm</a>
 */
final class JumpLocator implements NodeLocator {

    private final int[] buckets;

    JumpLocator(List<Backend> backends) {
        this.buckets = IntStream.range(0, backends.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> backends.get(i).id()))
            .flatMapToInt((i) -> IntStream.generate(() -> i).limit(backends.get(i).weight()))
            .toArray();
    }

    @Override
    public int locate(byte[] key) {
        return this.buckets[jump(KeyHash.of(key), this.buckets.length)];
    }

    /**
     * Jumps from bucket to bucket, each time the number of buckets would move the key.
     */
    private static int jump(long hash, int buckets) {
        long random = hash;
        long bucket = 0;
        long next = 0;
        while (next < buckets) {
            bucket = next;
            random = random * 2862933555777941757L + 1;
            next = (long) ((bucket + 1) * (0x1p31 / ((random >>> 33) + 1)));
        }
        return (int) bucket;
    }

    @Override
    public OptionalLong hash(byte[] key) {
        return OptionalLong.of(KeyHash.of(key));
    }

}
