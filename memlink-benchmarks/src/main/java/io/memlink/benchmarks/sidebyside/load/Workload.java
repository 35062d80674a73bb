package io.memlink.benchmarks.sidebyside.load;

import java.util.List;

/**
 * The work that a client is asked to do.
 *
 * @param name how it is chosen
 * @param kind how it is driven
 * @param threads callers
 * @param window operations in progress for each caller, where it does not wait
 * @param valueBytes size of each value
 * @param keys how many there are
 * @param setPercent share of stores
 * @param keysPerCall more than one for a multi-get
 * @param backends servers
 * @param encrypted whether connections use TLS
 * @param rate calls per second of an open loop
 * @param contenders who takes part
 */
public record Workload(String name, Kind kind, int threads, int window, int valueBytes, int keys, int setPercent,
        int keysPerCall, int backends, boolean encrypted, int rate, List<String> contenders) {

    /** The way in which a load is driven. */
    public enum Kind {

        /** A caller keeps its window full, and refills it when half of it is empty. */
        ASYNC,

        /** A caller waits for each answer. */
        SYNC,

        /** As {@link #SYNC}, with virtual threads. */
        VIRTUAL,

        /** Calls begin at fixed times, whether or not others have ended. */
        OPEN,

        /** As {@link #SYNC}, but through a cached method. */
        CACHEABLE

    }

    private static final List<String> ASYNCHRONOUS = List.of("memlink", "raw", "folsom", "spymemcached");

    private static final List<String> SYNCHRONOUS = List.of("memlink", "memlink-4", "raw", "blocking", "folsom",
            "spymemcached", "xmemcached");

    private static final List<String> ENCRYPTED = List.of("memlink", "raw", "folsom");

    /** All workloads, in the order in which they are reported. */
    public static final List<Workload> ALL = List.of(async("async-2x64", 64), async("async-2x256", 256),
            sync("sync-1", 1), sync("sync-2", 2), sync("sync-4", 4), sync("sync-8", 8), sync("sync-64", 64),
            new Workload("virtual-1000", Kind.VIRTUAL, 1000, 1, 100, 10_000, 10, 1, 1, false, 0,
                    List.of("memlink", "raw")),
            multi("multi-100", 1), multi("multi-100-on-3", 3), large("large-10k", 16, 10 * 1024, 5000),
            large("large-100k", 4, 100 * 1024, 500),
            new Workload("tls-2x64", Kind.ASYNC, 2, 64, 100, 10_000, 0, 1, 1, true, 0, ENCRYPTED),
            new Workload("open-20k", Kind.OPEN, 1, 0, 100, 10_000, 0, 1, 1, false, 20_000, ASYNCHRONOUS),
            cacheable("cacheable-1", 1), cacheable("cacheable-8", 8), cacheable("cacheable-64", 64));

    private static Workload async(String name, int window) {
        return new Workload(name, Kind.ASYNC, 2, window, 100, 10_000, 0, 1, 1, false, 0, ASYNCHRONOUS);
    }

    private static Workload sync(String name, int threads) {
        return new Workload(name, Kind.SYNC, threads, 1, 100, 10_000, 10, 1, 1, false, 0, SYNCHRONOUS);
    }

    private static Workload cacheable(String name, int threads) {
        return new Workload(name, Kind.CACHEABLE, threads, 1, 8, 10_000, 0, 1, 1, false, 0,
                List.of("memlink-cache", "redis-cache"));
    }

    private static Workload multi(String name, int backends) {
        return new Workload(name, Kind.ASYNC, 2, 4, 100, 10_000, 0, 100, backends, false, 0, ASYNCHRONOUS);
    }

    private static Workload large(String name, int window, int bytes, int keys) {
        return new Workload(name, Kind.ASYNC, 2, window, bytes, keys, 10, 1, 1, false, 0, ASYNCHRONOUS);
    }

    /** Finds a workload by its name. */
    public static Workload named(String name) {
        return ALL.stream()
            .filter((workload) -> workload.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(
                    "workload: " + name + " (expected: one of " + ALL.stream().map(Workload::name).toList() + ")"));
    }

}
