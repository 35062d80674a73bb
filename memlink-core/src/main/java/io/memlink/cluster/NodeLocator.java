package io.memlink.cluster;

import java.util.List;
import java.util.OptionalLong;

/**
 * Decides which backend a key belongs to, for one list of backends. Implementations are
 * immutable, safe for use by many threads, and fast: each request asks once.
 * <p>
 * All clients of a cache must agree on where a key lives, so what a locator answers must
 * never change from one release to the next.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface NodeLocator {

    /**
     * Returns where a key lives.
     * @param key the bytes of the key; not to be changed
     * @return the position of a backend in the list the locator was made for
     */
    int locate(byte[] key);

    /**
     * Returns the backends in the order in which they come into question for a key: where
     * it lives, where it would live without that backend, and so on. Tells people why a
     * key is where it is; requests do not ask.
     * @param key the bytes of the key; not to be changed
     * @return positions in the list the locator was made for, none twice; the first is
     * that of {@link #locate}. A locator without such an order gives that one only
     */
    default List<Integer> candidates(byte[] key) {
        return List.of(locate(key));
    }

    /**
     * Returns the number that a key is reduced to before a backend is chosen. Tells
     * people why a key is where it is; requests do not ask.
     * @param key the bytes of the key; not to be changed
     * @return as many bits as the locator uses, to be read without a sign; empty where it
     * uses no such number
     */
    default OptionalLong hash(byte[] key) {
        return OptionalLong.empty();
    }

    /**
     * Makes a locator for a list of backends.
     *
     * @since 0.1.0
     */
    @FunctionalInterface
    interface Factory {

        /**
         * Makes a locator.
         * @param backends at least one; their identities and weights decide, not their
         * order, unless a locator says otherwise
         * @return the locator
         */
        NodeLocator create(List<ServerAddress> backends);

    }

    /**
     * Returns the locator that gives each key to the backend with the highest score for
     * it: without a ring, evenly, and with no key moving but those of a backend that was
     * added or removed. Also known as highest random weight.
     * @return a factory
     */
    static Factory rendezvous() {
        return RendezvousLocator::new;
    }

    /**
     * Returns a locator by its name in settings.
     * @param name {@code rendezvous}
     * @return a factory
     * @throws IllegalArgumentException where there is none of that name
     */
    static Factory named(String name) {
        if (name.equals("rendezvous")) {
            return rendezvous();
        }
        throw new IllegalArgumentException("locator: " + name + " (expected: rendezvous)");
    }

}
