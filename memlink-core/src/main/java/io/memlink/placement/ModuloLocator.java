package io.memlink.placement;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Divides the hash code of a key by the number of backends, of which one with a weight
 * counts as often. The remainder is a position, so that the order of the list decides,
 * and nearly all keys move when it changes.
 */
final class ModuloLocator implements NodeLocator {

    private final int[] slots;

    ModuloLocator(List<Backend> backends) {
        this.slots = IntStream.range(0, backends.size())
            .flatMap((i) -> IntStream.generate(() -> i).limit(backends.get(i).weight()))
            .toArray();
    }

    @Override
    public int locate(byte[] key) {
        return this.slots[(int) (unsignedHashCode(key) % this.slots.length)];
    }

    @Override
    public OptionalLong hash(byte[] key) {
        return OptionalLong.of(unsignedHashCode(key));
    }

    private static long unsignedHashCode(byte[] key) {
        return Integer.toUnsignedLong(new String(key, StandardCharsets.UTF_8).hashCode());
    }

}
