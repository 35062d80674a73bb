package io.memlink.placement;

import java.util.List;
import java.util.Objects;
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
        NodeLocator create(List<Backend> backends);

        /**
         * Returns a factory whose locators place a key by its hash tag: the part between
         * the first <code>&#123;</code> and the next <code>&#125;</code>, where there is
         * one and it is not empty. Keys with the same tag live on one backend.
         * @return a factory
         */
        default Factory withHashTag() {
            return (backends) -> new HashTagLocator(create(backends));
        }

    }

    /**
     * Returns the locator that gives each key to the backend with the highest score for
     * it: without a ring, evenly, and with no key moving but those of a backend that was
     * added or removed. Also known as highest random weight. Shares are as the weights.
     * @return a factory
     */
    static Factory rendezvous() {
        return RendezvousLocator::new;
    }

    /**
     * Returns the locator that places keys where libmemcached does with
     * {@code MEMCACHED_BEHAVIOR_KETAMA_WEIGHTED}: a ring with 160 points for each
     * backend, more or fewer by its weight.
     * @return a factory
     */
    static Factory ketama() {
        return (backends) -> new KetamaLocator(KetamaProfile.LIBMEMCACHED, backends);
    }

    /**
     * Returns the locator that places keys where spymemcached does with its
     * {@code KetamaConnectionFactory}. That one names a backend by its name and address
     * ({@code cache-1/10.0.0.1:11211}): where a backend is given by name, that is to be
     * its identity.
     * @return a factory; refuses a backend without such an identity
     */
    static Factory ketamaSpymemcached() {
        return (backends) -> new KetamaLocator(KetamaProfile.SPYMEMCACHED, backends);
    }

    /**
     * Returns the locator that places keys where xmemcached does with its
     * {@code KetamaMemcachedSessionLocator}; for names, see
     * {@link #ketamaSpymemcached()}.
     * @return a factory; refuses a backend without such an identity
     */
    static Factory ketamaXmemcached() {
        return (backends) -> new KetamaLocator(KetamaProfile.XMEMCACHED, backends);
    }

    /**
     * Returns the locator that places keys where spymemcached and xmemcached do unless
     * told otherwise: the hash code of the text, modulo the number of backends. The order
     * of the list decides, and a change of it moves nearly all keys.
     * @return a factory
     */
    static Factory modulo() {
        return ModuloLocator::new;
    }

    /**
     * Returns the locator that computes the number of a backend, in the order of their
     * identities, without any table. Adding or removing the last one moves as few keys as
     * can be; any other moves many.
     * @return a factory
     */
    static Factory jump() {
        return JumpLocator::new;
    }

    /**
     * Returns a locator by its name in settings.
     * @param name {@code rendezvous}, {@code ketama}, {@code ketama-spymemcached},
     * {@code ketama-xmemcached}, {@code modulo} or {@code jump}
     * @return a factory
     * @throws IllegalArgumentException where there is none of that name
     */
    static Factory named(String name) {
        return switch (Objects.requireNonNull(name, "name")) {
            case "rendezvous" -> rendezvous();
            case "ketama" -> ketama();
            case "ketama-spymemcached" -> ketamaSpymemcached();
            case "ketama-xmemcached" -> ketamaXmemcached();
            case "modulo" -> modulo();
            case "jump" -> jump();
            default -> throw new IllegalArgumentException("locator: " + name + " (expected: rendezvous, ketama,"
                    + " ketama-spymemcached, ketama-xmemcached, modulo or jump)");
        };
    }

}
