package io.memlink.benchmarks.scaling;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.memlink.MemlinkClient;
import io.memlink.meta.Expiration;

/**
 * Measurement of the cost of a client that keeps four connections to each of 500
 * backends: one real memcached that listens on as many addresses of this machine (Linux
 * answers on all of 127.0.0.0/8).
 */
final class ManyConnections {

    private static final int CONNECTIONS = 4;

    private static final int PORT = 21_987;

    private static final int VALUES = 100_000;

    private ManyConnections() {
    }

    static void print() throws IOException, InterruptedException {
        List<String> addresses = IntStream.range(0, 500)
            .mapToObj((i) -> "127.0." + (1 + i / 250) + "." + (1 + i % 250))
            .toList();
        Process server = new ProcessBuilder("memcached", "-u", "root", "-p", String.valueOf(PORT), "-U", "0", "-c",
                "4096", "-t", "1", "-m", "64", "-l", String.join(",", addresses))
            .inheritIO()
            .start();
        try {
            Scaling.head("One client, " + CONNECTIONS + " connections to each backend", "backends", "connections",
                    "connected after", "heap of the client", "resident", "threads of the JVM",
                    "gets at once, all answered");
            List<String> backends = addresses.stream().map((address) -> address + ":" + PORT).toList();
            // Loads classes.
            measure(backends.subList(0, 3));
            for (int count : List.of(1, 10, 100, 500)) {
                Scaling.row(measure(backends.subList(0, count)));
            }
        }
        finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static Object[] measure(List<String> backends) throws IOException, InterruptedException {
        long heap = heap();
        long start = System.nanoTime();
        try (MemlinkClient client = MemlinkClient.builder()
            .backends(backends)
            .poolSize(CONNECTIONS)
            .requestTimeout(Duration.ofSeconds(20))
            .connectTimeout(Duration.ofSeconds(20))
            .build()) {
            int wanted = backends.size() * CONNECTIONS;
            while (connections(client) < wanted) {
                Thread.sleep(1);
            }
            long connected = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            int answered = exercise(client);
            long used = heap() - heap;
            return new Object[] { backends.size(), connections(client), connected + " ms", kib(used), status("VmRSS"),
                    status("Threads"), answered };
        }
    }

    private static int exercise(MemlinkClient client) {
        client.set("product:0", new byte[100], Expiration.never()).join();
        int answered = 0;
        for (int round = 0; round < VALUES / 2000; round++) {
            int base = round * 2000;
            List<CompletableFuture<?>> gets = IntStream.range(base, base + 2000)
                .<CompletableFuture<?>>mapToObj((i) -> client.get("product:" + i))
                .toList();
            gets.forEach(CompletableFuture::join);
            answered = gets.size();
        }
        return answered;
    }

    private static int connections(MemlinkClient client) {
        return client.backends().stream().mapToInt((backend) -> backend.connections()).sum();
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static String kib(long bytes) {
        return bytes / 1024 + " KiB";
    }

    private static String status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status"))
            .stream()
            .filter((line) -> line.startsWith(name + ":"))
            .map((line) -> line.substring(name.length() + 1).strip().replace("kB", "KiB"))
            .findFirst()
            .orElse("?");
    }

}
