package io.memlink.benchmarks.sidebyside;

import java.util.List;
import java.util.Locale;

import io.memlink.benchmarks.sidebyside.Measurement.Figure;

/**
 * The bound that Memlink's median has to keep, as a multiple of another client's.
 *
 * @param workload where
 * @param against the other client
 * @param figure of what
 * @param atLeast whether more is better
 * @param bound the multiple
 */
record Target(String workload, String against, Figure figure, boolean atLeast, double bound) {

    private static final String REDIS = "redis-cache";

    private static final List<Target> ALL = List.of(throughput("async-2x64", "raw", 0.85),
            cpu("async-2x64", "raw", 1.25), throughput("async-2x64", "folsom", 1.8), cpu("async-2x64", "folsom", 0.45),
            new Target("async-2x64", "raw", Figure.SERVER_CPU, false, 1.1),
            new Target("async-2x64", "folsom", Figure.SERVER_CPU, false, 0.55), throughput("async-2x256", "raw", 0.85),
            cpu("async-2x256", "raw", 1.3), throughput("async-2x256", "folsom", 2.2), cpu("async-2x256", "folsom", 0.4),
            throughput("sync-1", "blocking", 0.8), cpu("sync-1", "blocking", 1.25),
            new Target("sync-1", "blocking", Figure.P50, false, 1.3), throughput("sync-1", "folsom", 2),
            throughput("sync-1", "spymemcached", 2), throughput("sync-1", "xmemcached", 2),
            throughput("sync-2", "blocking", 0.8), throughput("sync-4", "blocking", 0.8),
            throughput("sync-8", "raw", 1.1), throughput("sync-8", "xmemcached", 1.15),
            throughput("sync-64", "raw", 0.97), throughput("sync-64", "xmemcached", 1.0),
            throughput("virtual-1000", "raw", 1.0), throughput("multi-100", "raw", 0.9),
            throughput("multi-100", "folsom", 1.4), cpu("multi-100", "folsom", 0.6),
            throughput("multi-100-on-3", "raw", 0.9), throughput("multi-100-on-3", "folsom", 1.6),
            cpu("multi-100-on-3", "folsom", 0.5), throughput("large-10k", "raw", 0.92),
            throughput("large-10k", "folsom", 1.25), throughput("large-100k", "raw", 0.92),
            throughput("large-100k", "folsom", 1.05), throughput("tls-2x64", "raw", 0.85),
            throughput("tls-2x64", "folsom", 3.8), cpu("tls-2x64", "folsom", 0.22), cpu("open-20k", "raw", 1.1),
            cpu("open-20k", "folsom", 0.75), new Target("open-20k", "folsom", Figure.P50, false, 1.0),
            throughput("cacheable-1", REDIS, 3), cpu("cacheable-1", REDIS, 0.35),
            new Target("cacheable-1", REDIS, Figure.ALLOCATED, false, 0.12), throughput("cacheable-8", REDIS, 1.5),
            cpu("cacheable-8", REDIS, 0.55), throughput("cacheable-64", REDIS, 2), cpu("cacheable-64", REDIS, 0.45));

    private static Target throughput(String workload, String against, double bound) {
        return new Target(workload, against, Figure.CALLS_PER_SECOND, true, bound);
    }

    private static Target cpu(String workload, String against, double bound) {
        return new Target(workload, against, Figure.CLIENT_CPU, false, bound);
    }

    /** Returns the targets of one workload and what became of them, in Markdown. */
    static String table(String workload, Results results) {
        StringBuilder table = new StringBuilder(
                "| memlink against | figure | measured | target | |\n|---|---|--:|--:|---|\n");
        ALL.stream()
            .filter((target) -> target.workload.equals(workload) && results.has(target.subject())
                    && results.has(target.against))
            .forEach((target) -> table.append(target.row(results)));
        return table.toString();
    }

    private String subject() {
        return this.against.equals(REDIS) ? "memlink-cache" : "memlink";
    }

    private String row(Results results) {
        double ratio = results.median(subject(), this.figure) / results.median(this.against, this.figure);
        boolean met = this.atLeast ? ratio >= this.bound : ratio <= this.bound;
        return String.format(Locale.ROOT, "| %s | %s | %.2f | %s %.2f | %s |%n", this.against, this.figure.title(),
                ratio, this.atLeast ? "at least" : "at most", this.bound, met ? "met" : "**missed**");
    }

}
