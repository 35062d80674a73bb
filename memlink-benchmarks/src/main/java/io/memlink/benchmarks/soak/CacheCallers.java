package io.memlink.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The threads of all applications, and the end of their work. */
final class CacheCallers {

    private static final int THREADS = 12;

    /** Four request timeouts, waits for leases and a slow load; on a busy machine. */
    private static final long LONGEST_ROUND_MILLIS = TimeUnit.SECONDS.toMillis(20);

    /** After that, nothing is in quarantine any more. */
    private static final long CALM_MILLIS = TimeUnit.SECONDS.toMillis(8);

    private final List<CacheApplication> applications;

    private final List<CacheCaller> callers = new ArrayList<>();

    private final List<Deliveries> deliveries;

    private final CachedTable table;

    private final Verdicts verdicts;

    private final AtomicLong remaining;

    private final List<Thread> threads = new ArrayList<>();

    private volatile boolean ended;

    CacheCallers(List<CacheApplication> applications, CachedTable table, CacheClears clears, Verdicts verdicts,
            long rounds) {
        this.applications = applications;
        this.table = table;
        this.verdicts = verdicts;
        this.remaining = new AtomicLong(rounds);
        this.deliveries = applications.stream().map(Deliveries::new).toList();
        for (CacheApplication application : applications) {
            this.callers.add(new CacheCaller(application, applications, this.deliveries.get(application.number), table,
                    clears, verdicts));
        }
    }

    void start(long seed) {
        for (int i = 0; i < THREADS * this.callers.size(); i++) {
            CacheCaller caller = this.callers.get(i % this.callers.size());
            Random random = new Random(seed * 31 + i);
            start("rounds-" + i, () -> rounds(caller, random));
        }
        start("rounds-deliveries", () -> {
            while (!this.ended) {
                this.deliveries.forEach(Deliveries::look);
                pause(20);
            }
        });
    }

    private void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        this.threads.add(thread);
        thread.start();
    }

    private void rounds(CacheCaller caller, Random random) {
        while (!this.ended && this.remaining.decrementAndGet() >= 0) {
            this.verdicts.count("rounds");
            try {
                caller.round(random);
            }
            catch (Throwable ex) {
                error(ex);
            }
        }
    }

    private void error(Throwable failure) {
        this.verdicts.count("errors");
        this.verdicts.count("error " + failure);
    }

    /** Returns whether all rounds are made, or being made. */
    boolean enough() {
        return this.remaining.get() <= 0;
    }

    /** Lets all rounds end. */
    void end() throws InterruptedException {
        this.ended = true;
        for (Thread thread : this.threads) {
            thread.join(LONGEST_ROUND_MILLIS);
            if (thread.isAlive()) {
                error(new IllegalStateException(thread.getName() + " still waits"));
            }
        }
    }

    /** Reads all rows when everything is calm: each must be as it is now. */
    void finish() throws InterruptedException {
        pause(CALM_MILLIS);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_ROUND_MILLIS);
        while (this.applications.stream().anyMatch((application) -> application.owed() > 0)) {
            if (System.nanoTime() - end > 0) {
                error(new IllegalStateException("not all deletes are delivered"));
                break;
            }
            pause(20);
        }
        for (CachedRow row : this.table.rows) {
            row.truth.acknowledged(row.truth.issued());
            for (CacheCaller caller : this.callers) {
                caller.read(row, false);
                caller.read(row, true);
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
