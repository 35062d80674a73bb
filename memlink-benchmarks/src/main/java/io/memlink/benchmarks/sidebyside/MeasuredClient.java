package io.memlink.benchmarks.sidebyside;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.memlink.benchmarks.sidebyside.contender.ClientSetup;
import io.memlink.benchmarks.sidebyside.contender.Contender;
import io.memlink.benchmarks.sidebyside.contender.Contenders;
import io.memlink.benchmarks.sidebyside.load.Items;
import io.memlink.benchmarks.sidebyside.load.Load;
import io.memlink.benchmarks.sidebyside.load.Workload;
import org.HdrHistogram.Histogram;

/**
 * A client under one load in this JVM, made anew as often as it is told to by a line:
 * stores the items, warms up, measures, and prints what it saw.
 */
final class MeasuredClient {

    /** Between the end of the warm-up and the measurement; counts as warm-up. */
    private static final long SETTLE_MILLIS = 200;

    private final Callable<Contender> clients;

    private final Items items;

    private final Workload workload;

    private final List<Long> servers;

    private MeasuredClient(Callable<Contender> clients, Items items, Workload workload, List<Long> servers) {
        this.clients = clients;
        this.items = items;
        this.workload = workload;
        this.servers = servers;
    }

    /**
     * Measures whenever a line comes, with the seconds to warm up and those to measure.
     * @param arguments contender, workload, addresses, processes of the servers, trust
     * store or {@code -}
     * @throws Exception where the client does not work
     */
    public static void main(String[] arguments) throws Exception {
        Workload workload = Workload.named(arguments[1]);
        List<Long> servers = Stream.of(arguments[3].split(",")).map(Long::valueOf).toList();
        Path trustStore = arguments[4].equals("-") ? null : Path.of(arguments[4]);
        ClientSetup setup = new ClientSetup(List.of(arguments[2].split(",")), trustStore,
                workload.servers().connections(), workload.mostPending(), workload.valueBytes());
        Items items = new Items(workload.keys(), workload.valueBytes());
        Watchdog watchdog = new Watchdog(Duration.ofSeconds(60));
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            MeasuredClient measured = new MeasuredClient(() -> Contenders.create(arguments[0], setup), items, workload,
                    servers);
            watchdog.pause();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int space = line.indexOf(' ');
                long warmMillis = Long.parseLong(line.substring(0, space)) * 1000;
                long measuredMillis = Long.parseLong(line.substring(space + 1)) * 1000;
                watchdog.expect(Duration.ofMillis(60_000 + warmMillis + measuredMillis));
                System.out.println(measured.measure(warmMillis, measuredMillis).toLine());
                watchdog.pause();
            }
        }
        // Some clients leave threads behind.
        Runtime.getRuntime().halt(0);
    }

    private Measurement measure(long warmMillis, long measuredMillis) throws Exception {
        // Some clients do not get over it if they are used by other threads, or not at
        // all.
        try (Contender client = this.clients.call()) {
            this.items.store(client);
            Load load = Load.of(client, this.items, this.workload);
            load.start();
            Thread.sleep(Math.max(0, warmMillis - SETTLE_MILLIS));
            load.warmedUp();
            Thread.sleep(SETTLE_MILLIS);
            Histogram before = load.latencies().copy();
            long callsBefore = load.completedCalls();
            Cost start = Cost.now(this.servers);
            Thread.sleep(measuredMillis);
            Cost end = Cost.now(this.servers);
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
