package io.memlink.benchmarks.soak;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

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

    private final LongSupplier clock;

    private volatile boolean ended;

    /** Prepares to measure; late recoveries are counted there. */
    public Recovery(Verdicts verdicts) {
        this(verdicts, System::nanoTime);
    }

    Recovery(Verdicts verdicts, LongSupplier clock) {
        this.verdicts = verdicts;
        this.clock = clock;
    }

    private record Fault(String name, long over) {
    }

    /**
     * Asks a server through a client from now on.
     * @param client its number
     * @param server its number
     * @param call makes one call, and tells what it failed with; {@code null} if it was
     * answered
     */
    public void watch(int client, int server, Supplier<@Nullable String> call) {
        String pair = pair(client, server);
        Thread thread = new Thread(() -> {
            String last = "nothing";
            while (!this.ended) {
                Fault fault = this.waiting.get(pair);
                String failure = call.get();
                if (failure != null) {
                    last = failure;
                }
                else if (fault != null && this.waiting.remove(pair, fault)) {
                    recovered(pair, fault, last);
                }
                pause();
            }
        }, "soak-recovery-" + pair);
        thread.setDaemon(true);
        thread.start();
    }

    private void recovered(String pair, Fault fault, String last) {
        long took = took(fault);
        this.millis.recordValue(took);
        if (took > PROMISED_MILLIS) {
            late(pair, fault, "took " + took + " ms; failed last with " + last);
        }
    }

    private long took(Fault fault) {
        return TimeUnit.NANOSECONDS.toMillis(this.clock.getAsLong() - fault.over());
    }

    private void late(String pair, Fault fault, String how) {
        this.verdicts.count("recovered late");
        System.out.printf("%8.3f s  late: %s after %s %s%n", this.verdicts.seconds(), pair, fault.name(), how);
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

    /**
     * A fault between a client and a server begins. What was not recovered from by then
     * is measured no further, or this fault would be measured with it.
     */
    void begins(int client, int server) {
        String pair = pair(client, server);
        Fault before = this.waiting.remove(pair);
        if (before == null) {
            return;
        }
        long took = took(before);
        if (took > PROMISED_MILLIS) {
            this.millis.recordValue(took);
            late(pair, before, "took more than " + took + " ms, until the next fault");
        }
        else {
            this.overtaken.incrementAndGet();
        }
    }

    /** The fault between a client and a server is over. */
    void over(int client, int server, String fault) {
        this.waiting.put(pair(client, server), new Fault(fault, this.clock.getAsLong()));
    }

    /** Returns how many still wait to be used again. */
    public int waiting() {
        return this.waiting.size();
    }

    /** Asks no more. */
    public void end() {
        this.ended = true;
    }

    /** Returns how many the next fault of the same pair overtook in time, unmeasured. */
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
