package io.memlink.benchmarks.sidebyside.contender;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Makes clients by their names. */
public final class Contenders {

    private Contenders() {
    }

    /** Connects; the trust store is that of {@link TlsFiles}, where TLS is wanted. */
    public static Contender create(String name, List<String> addresses, @Nullable Path trustStore) throws Exception {
        return switch (name) {
            case "memlink" -> new MemlinkContender(addresses, trustStore, 1);
            case "memlink-4" -> new MemlinkContender(addresses, trustStore, 4);
            case "raw" -> new RawContender(addresses, trustStore);
            case "blocking" -> new BlockingContender(addresses);
            case "folsom" -> new FolsomContender(addresses, trustStore);
            case "spymemcached" -> new SpymemcachedContender(addresses);
            case "xmemcached" -> new XmemcachedContender(addresses);
            case "memlink-cache" -> CacheableContender.memlink(addresses.get(0));
            case "redis-cache" -> CacheableContender.redis(addresses.get(1));
            default -> throw new IllegalArgumentException(
                    "contender: " + name + " (expected: a client that the workload has)");
        };
    }

}
