package io.memlink.benchmarks.sidebyside;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.memlink.benchmarks.sidebyside.contender.Contender;
import io.memlink.benchmarks.sidebyside.contender.Contenders;
import io.memlink.benchmarks.sidebyside.load.Items;
import io.memlink.benchmarks.sidebyside.load.Load;
import io.memlink.benchmarks.sidebyside.load.Workload;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One client under one load in this JVM: stores the items, warms up, measures, and prints
 * what it saw as the last line.
 */
final class MeasuredRun {

    private MeasuredRun() {
    }

    /**
     * Measures.
     * @param arguments contender, workload, addresses, processes of the servers, trust
     * store or {@code -}, seconds to warm up, seconds to measure
     * @throws Exception where the client does not work
     */
    public static void main(String[] arguments) throws Exception {
        Workload workload = Workload.named(arguments[1]);
        List<String> addresses = List.of(arguments[2].split(","));
        List<Long> servers = Stream.of(arguments[3].split(",")).map(Long::valueOf).toList();
        Path trustStore = arguments[4].equals("-") ? null : Path.of(arguments[4]);
        haltAfter(Duration.ofSeconds(60 + Long.parseLong(arguments[5]) + Long.parseLong(arguments[6])));
        Measurement measured = measure(arguments[0], workload, addresses, servers, trustStore,
                Long.parseLong(arguments[5]) * 1000, Long.parseLong(arguments[6]) * 1000);
        System.out.println(measured.toLine());
        // Some clients leave threads behind.
        Runtime.getRuntime().halt(0);
    }

    /** A client that hangs must not hold up the others. */
    private static void haltAfter(Duration time) {
        Thread watchdog = new Thread(() -> {
            LockSupport.parkNanos(time.toNanos());
            Runtime.getRuntime().halt(1);
        }, "watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private static Measurement measure(String contender, Workload workload, List<String> addresses, List<Long> servers,
            @Nullable Path trustStore, long warmMillis, long measuredMillis) throws Exception {
        Items items = new Items(workload.keys(), workload.valueBytes());
        try (Contender client = Contenders.create(contender, addresses, trustStore)) {
            items.store(client);
            Load load = Load.of(client, items, workload);
            load.start();
            Thread.sleep(warmMillis);
            Histogram before = load.latencies().copy();
            long callsBefore = load.completedCalls();
            Cost start = Cost.now(servers);
            Thread.sleep(measuredMillis);
            Cost end = Cost.now(servers);
            long calls = load.completedCalls() - callsBefore;
            Histogram latencies = load.latencies().copy();
            latencies.subtract(before);
            Measurement measured = Measurement.between(start, end, calls, load.failedCalls() + load.wrongValues(),
                    latencies.getValueAtPercentile(50), latencies.getValueAtPercentile(99));
            load.stop();
            return measured;
        }
    }

}
