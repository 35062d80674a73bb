package io.memlink.benchmarks.soak.rivals;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.memlink.benchmarks.soak.FaultProxy;
import io.memlink.benchmarks.soak.FaultProxy.Spoiling;
import io.memlink.benchmarks.soak.FaultScript;
import io.memlink.benchmarks.soak.KeyTruth;
import io.memlink.benchmarks.soak.Recovery;
import io.memlink.benchmarks.soak.Verdicts;
import io.netty.util.internal.PlatformDependent;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The run of one client, in a JVM of its own; ends with its line of the table. */
final class RivalRun {

    /** The beginning of a table, whose lines the runs print. */
    static final String HEADER = """
            | client | faults | answered/s | failed | wrong | stale | false misses | lost | longest call | recoveries | p50 | p99 | longest | cut short | not back | heap before, after | direct before, after |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|""";

    private static final int CLIENTS = 2;

    private static final int BACK_SECONDS = 60;

    private static final int WARM_MILLIS = 5000;

    private static final long MIB = 1 << 20;

    private final String name;

    private final Verdicts verdicts = new Verdicts();

    private final List<List<FaultProxy>> networks = new ArrayList<>();

    private final List<RivalClient> clients = new ArrayList<>();

    private RivalRun(String name) {
        this.name = name;
    }

    /**
     * Runs.
     * @param arguments client, minutes, seed, waiting callers, and whether pieces of
     * replies are lost and doubled
     */
    public static void main(String[] arguments) {
        int status = 1;
        try {
            new RivalRun(arguments[0]).run(Double.parseDouble(arguments[1]), Long.parseLong(arguments[2]),
                    Integer.parseInt(arguments[3]), Boolean.parseBoolean(arguments[4]));
            status = 0;
        }
        catch (Exception ex) {
            ex.printStackTrace();
        }
        // Some clients have threads that would keep it running.
        System.exit(status);
    }

    private void run(double minutes, long seed, int waiting, boolean lost) throws Exception {
        try (RivalServers servers = new RivalServers(this.name.equals("lettuce"))) {
            Recovery recovery = new Recovery(this.verdicts);
            RivalCallers callers = new RivalCallers(servers, this.verdicts);
            for (int i = 0; i < CLIENTS; i++) {
                List<FaultProxy> network = network(i, servers);
                this.networks.add(network);
                RivalClient client = RivalClient.create(this.name, network.stream().map(FaultProxy::address).toList());
                this.clients.add(client);
                for (int server = 0; server < network.size(); server++) {
                    recovery.watch(i, server, probe(client, servers, server));
                }
                callers.start(client, waiting);
            }
            Thread.sleep(WARM_MILLIS);
            long heap = heap();
            long direct = direct();
            long answered = count(RivalCallers.ANSWERED);
            long begin = System.nanoTime();
            FaultScript script = new FaultScript(seed, servers.all(), this.networks,
                    lost ? List.of(Spoiling.DROP, Spoiling.DUPLICATE) : List.of(), recovery, this.verdicts);
            while (System.nanoTime() - begin < minutes * TimeUnit.MINUTES.toNanos(1)) {
                script.next();
            }
            double rate = (count(RivalCallers.ANSWERED) - answered) * 1e9 / (System.nanoTime() - begin);
            awaitRecovery(recovery);
            String memory = "%d, %d MiB | %d, %d MiB".formatted(heap, heap(), direct, direct());
            recovery.end();
            callers.close();
            this.verdicts.counts().forEach((count, times) -> System.out.printf("%-60s %,14d%n", count, times));
            System.out.println(line(rate, callers, recovery, memory));
            for (RivalClient client : this.clients) {
                client.close();
            }
        }
    }

    // The same ports for each client, at an address of its own.
    private List<FaultProxy> network(int client, RivalServers servers) throws UnknownHostException {
        InetAddress here = InetAddress.getByAddress(new byte[] { 127, 0, 0, (byte) (client + 1) });
        List<FaultProxy> network = new ArrayList<>();
        for (int i = 0; i < servers.all().size(); i++) {
            int port = (client > 0) ? this.networks.get(0).get(i).port() : 0;
            network.add(new FaultProxy(new InetSocketAddress(here, port), servers.all().get(i).address(), true));
        }
        return network;
    }

    private static void awaitRecovery(Recovery recovery) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BACK_SECONDS);
        while (recovery.waiting() > 0 && System.nanoTime() < end) {
            Thread.sleep(10);
        }
    }

    // Where a key lives is up to the client, so it is tried out.
    private static Supplier<@Nullable String> probe(RivalClient client, RivalServers servers, int server)
            throws Exception {
        for (int i = 0;; i++) {
            String key = "probe:" + server + ":" + i;
            try {
                client.setNow(key, new byte[1]);
                if (servers.has(server, key)) {
                    return () -> failure(client, key);
                }
            }
            catch (Exception ex) {
                System.out.println("not yet connected: " + ex);
                Thread.sleep(100);
            }
        }
    }

    private static @Nullable String failure(RivalClient client, String key) {
        try {
            client.getNow(key);
            return null;
        }
        catch (Exception ex) {
            return ex.toString();
        }
    }

    private long count(String name) {
        return this.verdicts.counts().getOrDefault(name, 0L);
    }

    private long violations(String... promises) {
        long sum = 0;
        for (String promise : promises) {
            sum += count("VIOLATION " + promise);
        }
        return sum;
    }

    private String line(double rate, RivalCallers callers, Recovery recovery, String memory) {
        long faults = this.verdicts.counts()
            .entrySet()
            .stream()
            .filter((entry) -> entry.getKey().startsWith("fault "))
            .mapToLong(Map.Entry::getValue)
            .sum();
        long failed = count(RivalCallers.FAILED);
        long stale = violations(KeyTruth.STALE);
        long missed = violations(RivalKey.MISSED);
        double reads = count("values checked") + count("misses") + stale + missed;
        Histogram millis = recovery.millis();
        return "| %s | %d | %,.0f | %,d (%.2f %%) | %d | %,d (%.2f %%) | %,d (%.2f %%) | %d | %,d ms | %d | %,d ms | %,d ms | %,d ms | %d | %d | %s |"
            .formatted(this.name, faults, rate, failed, 100.0 * failed / (failed + count(RivalCallers.ANSWERED)),
                    violations(KeyTruth.TORN, KeyTruth.FOREIGN, KeyTruth.INVENTED), stale, 100 * stale / reads, missed,
                    100 * missed / reads, violations(RivalCallers.LOST), callers.longestMillis(),
                    millis.getTotalCount(), millis.getValueAtPercentile(50), millis.getValueAtPercentile(99),
                    millis.getMaxValue(), recovery.overtaken(), recovery.waiting(), memory);
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
    }

    // Netty counts what it takes past the JVM's own count.
    private static long direct() {
        long counted = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
            .stream()
            .filter((pool) -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
        return (counted + Math.max(0, PlatformDependent.usedDirectMemory())) / MIB;
    }

}
