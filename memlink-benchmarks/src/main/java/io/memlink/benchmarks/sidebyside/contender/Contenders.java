package io.memlink.benchmarks.sidebyside.contender;

import java.util.List;

/** Makes clients by their names. */
public final class Contenders {

    private Contenders() {
    }

    /**
     * Connects. The first client of a JVM decides on the transport of Memlink.
     */
    public static Contender create(String name, ClientSetup setup) throws Exception {
        Variant variant = Variant.named(name);
        if (!variant.wantedTransport().isEmpty()) {
            System.setProperty("io.memlink.transport", variant.wantedTransport());
        }
        ClientSetup wanted = (variant.connections() > 0) ? setup.withConnections(variant.connections()) : setup;
        List<String> addresses = setup.addresses();
        return switch (variant.client()) {
            case "memlink" -> new MemlinkContender(wanted, variant.openSsl());
            case "raw" -> new RawContender(wanted, variant.transport().equals("epoll"));
            case "blocking" -> new BlockingContender(addresses);
            case "folsom" -> new FolsomContender(wanted);
            case "spymemcached" -> new SpymemcachedContender(addresses);
            case "xmemcached" -> new XmemcachedContender(addresses);
            case "memlink-cache" -> CacheableContender.memlink(addresses.get(0));
            case "redis-cache" -> CacheableContender.redis(addresses.get(1));
            default -> throw new IllegalArgumentException(
                    "contender: " + name + " (expected: a client that the workload has)");
        };
    }

}
