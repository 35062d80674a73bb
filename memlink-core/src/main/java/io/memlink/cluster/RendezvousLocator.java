package io.memlink.cluster;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Gives each key to the backend with the highest score for it.
 *
 * @see <a href="https://www.eecs.umich.edu/techreports/cse/96/CSE-TR-316-96.pdf">Thaler
 * and Ravishankar, A Name-Based Mapping Scheme for Rendezvous</a>
 */
final class RendezvousLocator implements NodeLocator {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;

    private static final long FNV_PRIME = 0x100000001b3L;

    private final long[] seeds;

    RendezvousLocator(List<ServerAddress> backends) {
        this.seeds = new long[backends.size()];
        for (int i = 0; i < this.seeds.length; i++) {
            this.seeds[i] = hash(backends.get(i).id().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public int locate(byte[] key) {
        if (this.seeds.length == 1) {
            return 0;
        }
        long hash = hash(key);
        int best = 0;
        long bestScore = Long.MIN_VALUE;
        for (int i = 0; i < this.seeds.length; i++) {
            long score = mix(hash ^ this.seeds[i]);
            if (score > bestScore) {
                bestScore = score;
                best = i;
            }
        }
        return best;
    }

    /** FNV-1a over 64 bits, whose weak high bits are mixed afterwards. */
    private static long hash(byte[] bytes) {
        long hash = FNV_OFFSET;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return mix(hash);
    }

    /** The finalizer of MurmurHash3: each bit of the input changes half of the output. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

}
