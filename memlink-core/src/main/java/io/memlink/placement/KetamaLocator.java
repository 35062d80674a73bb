package io.memlink.placement;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Puts each backend on many points of a ring, and gives a key to the backend of the first
 * point at or after the key's own. Points and keys are placed by MD5, the points of a
 * backend by a name for it; how names look, and how many points there are, is a matter of
 * the {@link KetamaProfile}.
 *
 * @see <a href=
 * "https://www.metabrew.com/article/libketama-consistent-hashing-algo-memcached-clients">Jones,
 * libketama: a consistent hashing algo for memcached clients</a>
 */
final class KetamaLocator implements NodeLocator {

    private final int backends;

    /** Each once, in ascending order. */
    private final long[] points;

    /** The backend of each point. */
    private final int[] owners;

    KetamaLocator(KetamaProfile profile, List<Backend> backends) {
        this.backends = backends.size();
        List<Point> ring = ring(profile, backends);
        this.points = ring.stream().mapToLong(Point::value).distinct().toArray();
        this.owners = new int[this.points.length];
        int from = 0;
        for (int i = 0; i < this.points.length; i++) {
            int to = from;
            while (to < ring.size() && ring.get(to).value == this.points[i]) {
                to++;
            }
            this.owners[i] = profile.owner(this.points[i], ring.subList(from, to).stream().map(Point::owner).toList());
            from = to;
        }
    }

    private static List<Point> ring(KetamaProfile profile, List<Backend> backends) {
        List<Point> ring = new ArrayList<>();
        for (int i = 0; i < backends.size(); i++) {
            String name = profile.name(backends.get(i).id());
            int digests = profile.digests(backends.get(i), backends);
            for (int repetition = 0; repetition < digests; repetition++) {
                ByteBuffer digest = md5((name + "-" + repetition).getBytes(StandardCharsets.UTF_8));
                while (digest.hasRemaining()) {
                    ring.add(new Point(Integer.toUnsignedLong(digest.getInt()), name, i));
                }
            }
        }
        ring.sort(Comparator.comparingLong(Point::value).thenComparing(Point::name));
        return ring;
    }

    private static ByteBuffer md5(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(bytes);
            return ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("the ring needs MD5, which this Java platform does not have", ex);
        }
    }

    @Override
    public int locate(byte[] key) {
        return (this.backends == 1) ? 0 : this.owners[position(key)];
    }

    private int position(byte[] key) {
        int found = Arrays.binarySearch(this.points, point(key));
        int next = (found >= 0) ? found : -(found + 1);
        return (next == this.points.length) ? 0 : next;
    }

    private static long point(byte[] key) {
        return Integer.toUnsignedLong(md5(key).getInt());
    }

    @Override
    public List<Integer> candidates(byte[] key) {
        Set<Integer> candidates = new LinkedHashSet<>();
        int first = position(key);
        for (int i = 0; i < this.owners.length && candidates.size() < this.backends; i++) {
            candidates.add(this.owners[(first + i) % this.owners.length]);
        }
        return List.copyOf(candidates);
    }

    @Override
    public OptionalLong hash(byte[] key) {
        return OptionalLong.of(point(key));
    }

    /**
     * One point of the ring.
     *
     * @param value 0 to 2^32 - 1
     * @param name the name its owner was placed by
     * @param owner the position of a backend
     */
    private record Point(long value, String name, int owner) {

    }

}
