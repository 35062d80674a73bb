package io.memlink.placement;

import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The differences between the rings of those clients that call theirs ketama: how they
 * name a backend, how many points a weight buys, and whose a point is on which two
 * backends fall.
 */
enum KetamaProfile {

    /**
     * libmemcached with {@code MEMCACHED_BEHAVIOR_KETAMA_WEIGHTED}, and those that follow
     * it: the default port is not part of the name.
     */
    LIBMEMCACHED {

        @Override
        String name(String id) {
            String address = id.endsWith(DEFAULT_PORT) ? id.substring(0, id.length() - DEFAULT_PORT.length()) : id;
            return address.replace("[", "").replace("]", "");
        }

        @Override
        int digests(Backend backend, List<Backend> backends) {
            return share(backend, backends);
        }

        @Override
        int owner(long point, List<Integer> owners) {
            return owners.get(0);
        }

    },

    /** spymemcached with {@code KetamaConnectionFactory}. */
    SPYMEMCACHED {

        @Override
        String name(String id) {
            return requireResolved(id);
        }

        @Override
        int digests(Backend backend, List<Backend> backends) {
            // It knows shares only where it is given weights.
            boolean weighted = backends.stream().anyMatch((other) -> other.weight() != 1);
            return weighted ? share(backend, backends) : DIGESTS;
        }

        @Override
        int owner(long point, List<Integer> owners) {
            return Collections.max(owners);
        }

    },

    /** xmemcached with {@code KetamaMemcachedSessionLocator}. */
    XMEMCACHED {

        @Override
        String name(String id) {
            String resolved = requireResolved(id);
            return IPV4.matcher(resolved).matches() ? "/" + resolved : resolved;
        }

        @Override
        int digests(Backend backend, List<Backend> backends) {
            return DIGESTS * backend.weight();
        }

        @Override
        int owner(long point, List<Integer> owners) {
            return owners.get((int) (point % owners.size()));
        }

    };

    private static final String DEFAULT_PORT = ":" + Backend.DEFAULT_PORT;

    /** Each makes four points. */
    private static final int DIGESTS = 40;

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}:\\d+");

    private static final Pattern HOST_AND_PORT = Pattern.compile("[^/]+:\\d+");

    /**
     * Returns what the ring calls a backend.
     * @param id its identity
     * @throws IllegalArgumentException where the other client calls it something that
     * cannot be known from the identity
     */
    abstract String name(String id);

    /** Returns how many digests a backend is placed by. */
    abstract int digests(Backend backend, List<Backend> backends);

    /**
     * Returns whose a point is.
     * @param point the point
     * @param owners the positions of all backends that fall on it, in the order of their
     * names
     */
    abstract int owner(long point, List<Integer> owners);

    /**
     * In the arithmetic of the original, since one point more or less moves keys.
     */
    private static int share(Backend backend, List<Backend> backends) {
        int total = backends.stream().mapToInt(Backend::weight).sum();
        float part = (float) backend.weight() / (float) total;
        return (int) Math.floor((float) (part * (4 * DIGESTS) / 4 * backends.size() + 0.0000000001));
    }

    /**
     * Both Java clients name a backend by its name and the address that the name had when
     * they started.
     */
    private static String requireResolved(String id) {
        if (HOST_AND_PORT.matcher(id).matches() && !IPV4.matcher(id).matches()) {
            throw new IllegalArgumentException("backend: " + id + " (expected: an IPv4 address, or as identity what"
                    + " the other client calls it: " + id.substring(0, id.lastIndexOf(':')) + "/<address>"
                    + id.substring(id.lastIndexOf(':')) + "=" + id + ")");
        }
        return id;
    }

}
