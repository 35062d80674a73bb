package io.memlink.benchmarks.soak;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.memlink.error.MemlinkException;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * A measurement of the time until a client uses a server again, once the fault is over.
 * Safe for use by many threads: each client and server is asked by a thread of its own,
 * all the time.
 */
final class Recovery {

    /** A backend is back within a second, and a probe every few milliseconds sees it. */
    private static final long PROMISED_MILLIS = 1000;

    private final Histogram millis = new ConcurrentHistogram(3);

    private final ConcurrentHashMap<String, Fault> waiting = new ConcurrentHashMap<>();

    private final Verdicts verdicts;

    private volatile boolean ended;

    Recovery(Verdicts verdicts) {
        this.verdicts = verdicts;
    }

    private record Fault(String name, long over) {
    }

    void watch(SoakClient client, int server) {
        String key = keyAt(client, SoakClient.name(server));
        String pair = pair(client, server);
        Thread thread = new Thread(() -> {
            while (!this.ended) {
                Fault fault = this.waiting.get(pair);
                if (answers(client, key) && fault != null && this.waiting.remove(pair, fault)) {
                    recovered(pair, fault);
                }
                pause();
            }
        }, "soak-recovery-" + pair);
        thread.setDaemon(true);
        thread.start();
    }

    private void recovered(String pair, Fault fault) {
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - fault.over());
        this.millis.recordValue(took);
        if (took > PROMISED_MILLIS) {
            this.verdicts.count("recovered late");
            System.out.printf("%8.3f s  late: %s after %s took %d ms%n", this.verdicts.seconds(), pair, fault.name(),
                    took);
        }
    }

    private static String keyAt(SoakClient client, String id) {
        for (int i = 0;; i++) {
            String key = "probe:" + i;
            if (client.client.explain(key).candidates().get(0).id().equals(id)) {
                return key;
            }
        }
    }

    private static boolean answers(SoakClient client, String key) {
        try {
            client.client.blocking().get(key);
            return true;
        }
        catch (MemlinkException ex) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static String pair(SoakClient client, int server) {
        return client.number + "-" + server;
    }

    /** The fault between a client and a server is over. */
    void over(SoakClient client, int server, String fault) {
        this.waiting.put(pair(client, server), new Fault(fault, System.nanoTime()));
    }

    /** Returns how many still wait to be used again. */
    int waiting() {
        return this.waiting.size();
    }

    void end() {
        this.ended = true;
    }

    String describe() {
        return "%d recoveries: p50 %d ms, p99 %d ms, longest %d ms".formatted(this.millis.getTotalCount(),
                this.millis.getValueAtPercentile(50), this.millis.getValueAtPercentile(99), this.millis.getMaxValue());
    }

    long p99() {
        return this.millis.getValueAtPercentile(99);
    }

}
