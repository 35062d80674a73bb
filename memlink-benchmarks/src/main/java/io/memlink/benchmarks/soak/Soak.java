package io.memlink.benchmarks.soak;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.memlink.benchmarks.soak.FaultProxy.Spoiling;
import io.memlink.test.MemcachedProcess;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * Two clients and three real servers under load, with faults that a seed chooses, for as
 * many minutes as asked for. Prints a scorecard, and ends with 1 if a promise was broken.
 * <p>
 * The seed fixes the faults and their order. What the load does meanwhile is up to the
 * machine, so that a run does not repeat to the letter.
 */
public final class Soak {

    private static final int SERVERS = 3;

    private static final int CLIENTS = 2;

    private static final long MIB = 1 << 20;

    private static final long MOST_GROWTH = 64 * MIB;

    private Soak() {
    }

    /**
     * Runs the soak.
     * @param arguments minutes, seed and callers that wait for each client
     * @throws Exception if it cannot be run
     */
    public static void main(String[] arguments) throws Exception {
        double minutes = (arguments.length > 0) ? Double.parseDouble(arguments[0]) : 1;
        long seed = (arguments.length > 1) ? Long.parseLong(arguments[1]) : System.nanoTime();
        int waiting = (arguments.length > 2) ? Integer.parseInt(arguments[2]) : 4;
        System.out.printf("soak: %s minutes, seed %d, %d waiting callers for each client%n", minutes, seed, waiting);
        Verdicts verdicts = new Verdicts();
        run(minutes, seed, waiting, verdicts);
        verdicts.counts().forEach((name, count) -> System.out.printf("%-60s %,14d%n", name, count));
        System.out.println(verdicts.violations() == 0 ? "soak: no promise was broken"
                : "soak: " + verdicts.violations() + " violations");
        System.exit((verdicts.violations() == 0) ? 0 : 1);
    }

    private static void run(double minutes, long seed, int waiting, Verdicts verdicts) throws Exception {
        List<MemcachedProcess> servers = new ArrayList<>();
        List<SoakClient> clients = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            // One of them is full, and evicts.
            servers.add(MemcachedProcess.start("-m", (i == 0) ? "8" : "64"));
        }
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new SoakClient(i, servers.stream().map((server) -> new FaultProxy(server.address())).toList()));
        }
        Recovery recovery = new Recovery(verdicts);
        Callers callers = new Callers(clients, verdicts);
        callers.start(waiting);
        for (SoakClient client : clients) {
            for (int server = 0; server < SERVERS; server++) {
                recovery.watch(client.number, server, client.probe(server));
            }
        }
        Thread.sleep(5000);
        long before = used();
        FaultScript script = new FaultScript(seed, servers.stream().map(RealServer::of).toList(),
                clients.stream().map((client) -> client.networks).toList(),
                List.of(Spoiling.DROP, Spoiling.DUPLICATE, Spoiling.FLIP), recovery, verdicts);
        long end = System.nanoTime() + (long) (minutes * TimeUnit.MINUTES.toNanos(1));
        while (System.nanoTime() < end) {
            script.next();
        }
        await(verdicts, "every backend is used again", Duration.ofSeconds(5), () -> recovery.waiting() == 0);
        await(verdicts, "every owed delete is delivered", Duration.ofSeconds(20),
                () -> clients.stream().allMatch((client) -> client.owed() == 0));
        Thread.sleep(1000);
        long after = used();
        recovery.end();
        callers.close();
        await(verdicts, "every call ends", Duration.ofSeconds(10), () -> callers.open() == 0);
        clients.forEach(SoakClient::close);
        await(verdicts, "a closed client holds no connection", Duration.ofSeconds(5),
                () -> clients.stream()
                    .flatMap((client) -> client.networks.stream())
                    .allMatch((network) -> network.connections() == 0));
        await(verdicts, "a closed client holds no thread", Duration.ofSeconds(5), () -> Thread.getAllStackTraces()
            .keySet()
            .stream()
            .noneMatch((thread) -> thread.getName().startsWith("memlink-") && !thread.getName().contains("shutdown")));
        if (after - before > MOST_GROWTH) {
            verdicts.violation("memory returns to where it was",
                    before / MIB + " MiB before, " + after / MIB + " MiB after");
        }
        if (recovery.p99() >= 1000) {
            verdicts.violation("a backend is back within a second", recovery.describe());
        }
        System.out.printf("memory used: %d MiB before, %d MiB after; longest call %s; %s%n", before / MIB, after / MIB,
                callers.longest(), recovery.describe());
        clients.forEach((client) -> client.networks.forEach(FaultProxy::close));
        servers.forEach(MemcachedProcess::close);
    }

    private static void await(Verdicts verdicts, String promise, Duration most, BooleanSupplier condition)
            throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                verdicts.violation(promise, "not within " + most);
                return;
            }
            Thread.sleep(10);
        }
    }

    // What is reachable, and the direct memory of Netty's own pool.
    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

}
