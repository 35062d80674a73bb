package io.memlink.benchmarks.parts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All parts, the most important first. */
final class Parts {

    /** Needs a JDK that has virtual threads. */
    static final String VIRTUAL = "virtual";

    /** Is no load of a client. */
    static final String START = "start";

    private static final String CONNECTIONS = "1,2,4,8,16,32,64";

    static final List<Part> ALL = List.of(
            Part.sweep("sync", "Synchronous calls", "threads", "sync-%s", "1,2,4,8,16,32,64,128,256",
                    "memlink,raw,blocking,xmemcached"),
            Part.sweep("async", "Asynchronous calls of one thread", "calls pending", "async-1x%s",
                    "1,4,16,64,256,1024,2048", "memlink,raw,folsom"),
            Part.bars("clients", "Clients",
                    labels("async-2x64", "2 threads, 64 calls pending each", "multi-100", "100 keys in a call",
                            "open-20k", "20,000 calls/s, each on its own"),
                    "memlink,raw,folsom,spymemcached", Part.CALLS_AND_TIMES),
            Part.sweep(VIRTUAL, "Synchronous calls of virtual threads", "virtual threads", "virtual-%s",
                    "1,10,100,1000,10000", "memlink,raw"),
            Part.sweep("value", "Values from nothing to 1 MiB, one call in ten stores", "bytes of a value", "value-%s",
                    "0,100,1k,10k,100k,1m", "memlink,raw,folsom"),
            Part.bars("cacheable", "Hits of a @Cacheable method",
                    labels("cacheable-1", "1 thread", "cacheable-8", "8 threads", "cacheable-64", "64 threads"),
                    "memlink-cache,redis-cache", Part.CALLS_AND_TIMES),
            Part.bars("mixed", "Calls of one thread that waits, while 5,000 asynchronous calls/s run",
                    labels("mixed-5k", "latency of the thread that waits"), "memlink,raw,folsom,xmemcached",
                    List.of("p50 us", "p99 us")),
            Part.bars("burst", "Bursts of synchronous calls every 100 ms",
                    labels("burst-1", "1 thread", "burst-64", "64 threads"), "memlink,raw,blocking,xmemcached",
                    List.of("p50 us", "p99 us")),
            Part.sweep("backends", "Backends: 2 threads with 256 calls pending each", "backends", "async-2x256-at-%s",
                    CONNECTIONS, "memlink,raw,folsom"),
            Part.sweep("connections", "Connections: 2 threads with 256 calls pending each", "connections",
                    "async-2x256-by-%s", CONNECTIONS, "memlink,raw"),
            Part.bars("transport", "Transports",
                    labels("sync-1", "1 thread that waits", "sync-8", "8 threads that wait", "async-2x64",
                            "2 threads, 64 calls pending each"),
                    "memlink-epoll,memlink-nio,raw-epoll,raw-nio", Part.CALLS_AND_TIMES),
            Part.bars("tls", "TLS of the JDK and of OpenSSL",
                    labels("sync-8-tls", "8 threads that wait", "tls-2x64", "2 threads, 64 calls pending each"),
                    "memlink,memlink-openssl,raw,folsom", Part.CALLS_AND_TIMES),
            Part.bars(START, "The start of an application", labels(START, "without a web server"),
                    "plain,caching,starter", List.of("started ms", "heap KB")));

    private Parts() {
    }

    private static Map<String, String> labels(String... workloadsAndLabels) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < workloadsAndLabels.length; i += 2) {
            labels.put(workloadsAndLabels[i], workloadsAndLabels[i + 1]);
        }
        return labels;
    }

    /** Returns those of these names, or all where there are none. */
    static List<Part> named(List<String> names) {
        List<String> known = ALL.stream().map(Part::name).toList();
        names.stream().filter((name) -> !known.contains(name)).findFirst().ifPresent((name) -> {
            throw new IllegalArgumentException("part: " + name + " (expected: some of " + known + ")");
        });
        return ALL.stream().filter((part) -> names.isEmpty() || names.contains(part.name())).toList();
    }

}
