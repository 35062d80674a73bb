package io.memlink.benchmarks.soak;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus;
import io.memlink.error.MemlinkException;
import org.jspecify.annotations.Nullable;

/**
 * One application's client, with a network of its own to each server. Safe for use by
 * many threads.
 */
final class SoakClient implements AutoCloseable {

    // After the answer to its first delete, a key is in quarantine for five seconds.
    private static final long QUARANTINE_NANOS = TimeUnit.SECONDS.toNanos(7);

    final int number;

    final List<FaultProxy> networks;

    final MemlinkClient client;

    private volatile long settled = System.nanoTime();

    SoakClient(int number, List<FaultProxy> networks) {
        this.number = number;
        this.networks = networks;
        this.client = MemlinkClient.builder()
            .backends(backends(networks))
            .requestTimeout(Duration.ofMillis(500))
            .connectTimeout(Duration.ofMillis(500))
            .build();
    }

    // Both clients know a server by the same name, or their keys would live elsewhere.
    private static List<String> backends(List<FaultProxy> networks) {
        return IntStream.range(0, networks.size()).mapToObj((i) -> name(i) + "=" + networks.get(i).address()).toList();
    }

    /**
     * Makes a probe: a call for a key that the server has, which tells what it failed
     * with.
     */
    Supplier<@Nullable String> probe(int server) {
        String key = keyAt(name(server));
        return () -> {
            try {
                this.client.blocking().get(key);
                return null;
            }
            catch (MemlinkException ex) {
                return ex.toString();
            }
        };
    }

    private String keyAt(String id) {
        for (int i = 0;; i++) {
            String key = "probe:" + i;
            if (this.client.explain(key).candidates().get(0).id().equals(id)) {
                return key;
            }
        }
    }

    static String name(int server) {
        return "server-" + server;
    }

    int owed() {
        return this.client.backends().stream().mapToInt(BackendStatus::journalDepth).sum();
    }

    /** Looks whether a delete is still owed; called again and again. */
    void sample() {
        long now = System.nanoTime();
        if (owed() == 0) {
            this.settled = now;
        }
    }

    /** Tells whether everything that was doubtful of a key has been settled since. */
    boolean isSettled(KeyTruth truth) {
        long doubted = truth.doubted();
        return doubted == Long.MIN_VALUE || this.settled - doubted > QUARANTINE_NANOS;
    }

    @Override
    public void close() {
        this.client.close();
    }

}
