package io.memlink.benchmarks.sidebyside;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.memlink.benchmarks.sidebyside.contender.ClientSetup;
import io.memlink.benchmarks.sidebyside.contender.Contender;
import io.memlink.benchmarks.sidebyside.contender.Contenders;
import io.memlink.benchmarks.sidebyside.load.Items;
import io.memlink.benchmarks.sidebyside.load.Load;
import io.memlink.benchmarks.sidebyside.load.Workload;
import org.HdrHistogram.Histogram;

/**
 * One client under one load in this JVM: stores the items, warms up, measures, and prints
 * what it saw as the last line.
 */
final class MeasuredRun {

    /** Between the end of the warm-up and the measurement; counts as warm-up. */
    private static final long SETTLE_MILLIS = 200;

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
        List<Long> servers = Stream.of(arguments[3].split(",")).map(Long::valueOf).toList();
        Path trustStore = arguments[4].equals("-") ? null : Path.of(arguments[4]);
        haltAfter(Duration.ofSeconds(60 + Long.parseLong(arguments[5]) + Long.parseLong(arguments[6])));
        ClientSetup setup = new ClientSetup(List.of(arguments[2].split(",")), trustStore,
                workload.servers().connections(), workload.mostPending(), workload.valueBytes());
        Measurement measured = measure(arguments[0], workload, setup, servers, Long.parseLong(arguments[5]) * 1000,
                Long.parseLong(arguments[6]) * 1000);
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

    private static Measurement measure(String contender, Workload workload, ClientSetup setup, List<Long> servers,
            long warmMillis, long measuredMillis) throws Exception {
        Items items = new Items(workload.keys(), workload.valueBytes());
        try (Contender client = Contenders.create(contender, setup)) {
            items.store(client);
            Load load = Load.of(client, items, workload);
            load.start();
            Thread.sleep(Math.max(0, warmMillis - SETTLE_MILLIS));
            load.warmedUp();
            Thread.sleep(SETTLE_MILLIS);
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
