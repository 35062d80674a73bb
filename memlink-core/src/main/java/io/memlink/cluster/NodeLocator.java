package io.memlink.cluster;

import java.util.List;

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
     * Makes a locator for a list of backends.
     *
     * @since 0.1.0
     */
    @FunctionalInterface
    interface Factory {

        /**
         * Makes a locator.
         * @param backends at least one; their identities decide, not their order
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
