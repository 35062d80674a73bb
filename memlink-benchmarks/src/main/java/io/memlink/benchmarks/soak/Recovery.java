package io.memlink.benchmarks.soak;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * A measurement of the time until a client uses a server again, once the fault is over.
 * Safe for use by many threads: each client and server is asked by a thread of its own,
 * all the time.
 */
public final class Recovery {

    /** A backend is back within a second, and a probe every few milliseconds sees it. */
    private static final long PROMISED_MILLIS = 1000;

    private final Histogram millis = new ConcurrentHistogram(3);

    private final ConcurrentHashMap<String, Fault> waiting = new ConcurrentHashMap<>();

    private final AtomicInteger overtaken = new AtomicInteger();

    private final Verdicts verdicts;

    private volatile boolean ended;

    /** Prepares to measure; late recoveries are counted there. */
    public Recovery(Verdicts verdicts) {
        this.verdicts = verdicts;
    }

    private record Fault(String name, long over) {
    }

    /**
     * Asks a server through a client from now on.
     * @param client its number
     * @param server its number
     * @param answers makes one call, and tells whether it was answered
     */
    public void watch(int client, int server, BooleanSupplier answers) {
        String pair = pair(client, server);
        Thread thread = new Thread(() -> {
            while (!this.ended) {
                Fault fault = this.waiting.get(pair);
                if (answers.getAsBoolean() && fault != null && this.waiting.remove(pair, fault)) {
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

    private static void pause() {
        try {
            Thread.sleep(5);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static String pair(int client, int server) {
        return client + "-" + server;
    }

    /** The fault between a client and a server is over. */
    void over(int client, int server, String fault) {
        if (this.waiting.put(pair(client, server), new Fault(fault, System.nanoTime())) != null) {
            this.overtaken.incrementAndGet();
        }
    }

    /** Returns how many still wait to be used again. */
    public int waiting() {
        return this.waiting.size();
    }

    /** Asks no more. */
    public void end() {
        this.ended = true;
    }

    /** Returns how many ended only in the next fault of the same pair, unmeasured. */
    public int overtaken() {
        return this.overtaken.get();
    }

    /** Returns the milliseconds that were measured. */
    public Histogram millis() {
        return this.millis;
    }

    String describe() {
        return "%d recoveries: p50 %d ms, p99 %d ms, longest %d ms".formatted(this.millis.getTotalCount(),
                this.millis.getValueAtPercentile(50), this.millis.getValueAtPercentile(99), this.millis.getMaxValue());
    }

    long p99() {
        return this.millis.getValueAtPercentile(99);
    }

}
