package io.memlink.benchmarks.soak.rivals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.memlink.benchmarks.soak.NamedValue;
import io.memlink.benchmarks.soak.Verdicts;
import org.jspecify.annotations.Nullable;

/**
 * Callers who read, store and delete at a pace that leaves the machine room, and judge
 * each answer. Those who wait make a call each half millisecond at most; those who do not
 * wait read in bursts, with so many reads open at most.
 */
final class RivalCallers implements AutoCloseable {

    /** A call that takes longer is lost. */
    static final int LOST_SECONDS = 30;

    /** How many calls those who do not wait have open at most. */
    static final int WINDOW = 64;

    /** The name of the count of calls that never ended. */
    static final String LOST = "every call ends";

    static final String ANSWERED = "calls answered";

    static final String FAILED = "calls failed";

    private static final int KEYS = 300;

    private static final int BURST = 16;

    private static final long PAUSE_NANOS = 500_000;

    private final List<RivalKey> keys = new ArrayList<>();

    private final List<Thread> threads = new ArrayList<>();

    private final AtomicLong longest = new AtomicLong();

    private final Verdicts verdicts;

    private volatile boolean ended;

    RivalCallers(RivalServers servers, Verdicts verdicts) {
        this.verdicts = verdicts;
        for (int i = 0; i < KEYS; i++) {
            this.keys.add(new RivalKey("r:" + i, servers));
        }
    }

    void start(RivalClient client, int waiting) {
        for (int i = 0; i < waiting; i++) {
            start("rival-reader", () -> paced(() -> read(client, anyKey())));
        }
        start("rival-writer", () -> paced(() -> change(client, anyKey())));
        start("rival-async", () -> readAhead(client));
    }

    private void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        this.threads.add(thread);
        thread.start();
    }

    private void paced(Runnable call) {
        while (!this.ended) {
            call.run();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private RivalKey anyKey() {
        return this.keys.get(ThreadLocalRandom.current().nextInt(KEYS));
    }

    /** Returns how long the longest call took that has ended, in milliseconds. */
    long longestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(this.longest.get());
    }

    private void read(RivalClient client, RivalKey key) {
        RivalKey.Known before = key.known();
        long begin = System.nanoTime();
        try {
            byte[] bytes = client.getNow(key.truth.key);
            end("get", begin, null);
            judge(key, before, bytes);
        }
        catch (Exception ex) {
            end("get", begin, ex);
        }
    }

    private void change(RivalClient client, RivalKey key) {
        if (!key.truth.lock.tryLock()) {
            return;
        }
        boolean set = ThreadLocalRandom.current().nextInt(5) > 0;
        String name = key.truth.key;
        long begin = System.nanoTime();
        try {
            if (set) {
                key.change(true, (version) -> client.setNow(name, new NamedValue(name, version).bytes()));
            }
            else {
                key.change(false, (version) -> client.deleteNow(name));
            }
            end(set ? "set" : "delete", begin, null);
        }
        catch (Exception ex) {
            end(set ? "set" : "delete", begin, ex);
        }
        finally {
            key.truth.lock.unlock();
        }
    }

    private void readAhead(RivalClient client) {
        Semaphore window = new Semaphore(WINDOW);
        while (!this.ended) {
            for (int i = 0; i < BURST && !this.ended; i++) {
                if (window.tryAcquire()) {
                    readOne(client, anyKey(), window);
                }
            }
            LockSupport.parkNanos(BURST * PAUSE_NANOS);
        }
        // Whoever has all permits has seen each call end, or be lost.
        window.acquireUninterruptibly(WINDOW);
    }

    private void readOne(RivalClient client, RivalKey key, Semaphore window) {
        RivalKey.Known before = key.known();
        long begin = System.nanoTime();
        CompletionStage<byte @Nullable []> call;
        try {
            call = client.get(key.truth.key);
        }
        catch (RuntimeException ex) {
            call = CompletableFuture.failedFuture(ex);
        }
        call.handle((bytes, failure) -> {
            end("async get", begin, failure);
            if (failure == null) {
                judge(key, before, bytes);
            }
            return true;
        })
            .toCompletableFuture()
            .completeOnTimeout(false, LOST_SECONDS, TimeUnit.SECONDS)
            .whenComplete((hasEnded, failure) -> {
                if (!Boolean.TRUE.equals(hasEnded)) {
                    this.verdicts.violation(LOST, "async get of " + key.truth.key + ", " + failure);
                }
                window.release();
            });
    }

    private void judge(RivalKey key, RivalKey.Known before, byte @Nullable [] bytes) {
        String broken = key.brokenBy(bytes, before);
        if (broken != null) {
            this.verdicts.violation(broken, key.truth.key + " read as "
                    + ((bytes != null) ? NamedValue.of(bytes) : "a miss") + ", must be at least " + before);
        }
        else {
            this.verdicts.count((bytes != null) ? "values checked" : "misses");
        }
    }

    private void end(String call, long begin, @Nullable Throwable failure) {
        long took = System.nanoTime() - begin;
        this.longest.accumulateAndGet(took, Math::max);
        if (took > TimeUnit.SECONDS.toNanos(LOST_SECONDS) && !call.startsWith("async")) {
            this.verdicts.violation(LOST, call + " took " + TimeUnit.NANOSECONDS.toSeconds(took) + " s");
        }
        if (failure == null) {
            this.verdicts.count(ANSWERED);
            this.verdicts.count("call " + call + " done");
            return;
        }
        Throwable cause = failure;
        while (cause.getCause() != null
                && (cause instanceof CompletionException || cause instanceof ExecutionException)) {
            cause = cause.getCause();
        }
        this.verdicts.count(FAILED);
        this.verdicts.count("call " + call + " " + cause.getClass().getSimpleName());
    }

    /** Ends the load, and waits for all calls as long as they may take. */
    @Override
    public void close() {
        this.ended = true;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LOST_SECONDS + 5);
        for (Thread thread : this.threads) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                return;
            }
            if (thread.isAlive()) {
                this.verdicts.violation(LOST, thread.getName() + " still waits");
            }
        }
    }

}
