package io.memlink.benchmarks.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.memlink.BulkResult;
import io.memlink.cluster.Invalidation;
import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import io.memlink.loading.LoadPolicy;
import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;

/**
 * Callers who read and change keys, by futures and by waiting, and judge each answer.
 * Registers are set and deleted by one client and read by all. Loaded keys stand for rows
 * of a database: whoever changes the row invalidates the key.
 */
final class Callers implements AutoCloseable {

    private static final int REGISTERS = 300;

    private static final int ROWS = 100;

    private static final int ASYNCHRONOUS = 64;

    private static final Expiration LIFETIME = Expiration.after(Duration.ofMinutes(5));

    private static final LoadPolicy POLICY = LoadPolicy.builder()
        .timeToLive(Duration.ofMinutes(5))
        .leaseTime(Duration.ofSeconds(2))
        .maxWait(Duration.ofMillis(500))
        .build();

    /** Four request timeouts, two waits and a loader; with room for a busy machine. */
    private static final long LONGEST_CALL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<SoakClient> clients;

    private final Verdicts verdicts;

    private final List<KeyTruth> registers = new ArrayList<>();

    private final List<KeyTruth> rows = new ArrayList<>();

    private final List<Thread> threads = new ArrayList<>();

    private final AtomicInteger open = new AtomicInteger();

    private final AtomicLong longest = new AtomicLong();

    private volatile boolean ended;

    Callers(List<SoakClient> clients, Verdicts verdicts) {
        this.clients = clients;
        this.verdicts = verdicts;
        for (int i = 0; i < REGISTERS; i++) {
            this.registers.add(new KeyTruth("r:" + i, clients.size()));
        }
        for (int i = 0; i < ROWS; i++) {
            this.rows.add(new KeyTruth("row:" + i, clients.size()));
        }
    }

    void start(int waiting) {
        for (SoakClient client : this.clients) {
            for (int i = 0; i < waiting; i++) {
                start("soak-waiting", () -> waiting(client));
            }
            start("soak-async", () -> asynchronous(client));
            start("soak-writer", () -> writer(client));
        }
        start("soak-sampler", () -> {
            while (!this.ended) {
                this.clients.forEach(SoakClient::sample);
                pause(50);
            }
        });
    }

    private void start(String name, Runnable task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            }
            catch (Throwable ex) {
                this.verdicts.violation("callers get typed failures", ex.toString());
                ex.printStackTrace();
            }
        }, name);
        thread.setDaemon(true);
        this.threads.add(thread);
        thread.start();
    }

    /** Returns the calls that have not ended. */
    int open() {
        return this.open.get();
    }

    Duration longest() {
        return Duration.ofNanos(this.longest.get());
    }

    private static int random(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    private void waiting(SoakClient client) {
        while (!this.ended) {
            if (random(100) == 0) {
                pause(random(20));
            }
            if (random(2) == 0) {
                KeyTruth truth = this.registers.get(random(REGISTERS));
                long floor = floor(client, truth);
                long begin = begin();
                try {
                    byte[] bytes = client.client.blocking().get(truth.key);
                    end(begin, "get", null);
                    check(client, truth, floor, bytes, true);
                }
                catch (RuntimeException ex) {
                    end(begin, "get", ex);
                }
            }
            else if (random(20) == 0) {
                changeRow(client, this.rows.get(random(ROWS)));
            }
            else {
                KeyTruth truth = this.rows.get(random(ROWS));
                long floor = truth.floor(client.number);
                long begin = begin();
                try {
                    byte[] bytes = client.client.blocking()
                        .getOrLoad(truth.key, () -> new NamedValue(truth.key, truth.issued()).bytes(), POLICY);
                    end(begin, "getOrLoad", null);
                    check(client, truth, floor, bytes, false);
                }
                catch (RuntimeException ex) {
                    end(begin, "getOrLoad", ex);
                }
            }
        }
    }

    private void changeRow(SoakClient client, KeyTruth truth) {
        truth.lock.lock();
        try {
            long version = truth.nextVersion();
            long begin = begin();
            try {
                Invalidation done = client.client.blocking().invalidate(truth.key);
                end(begin, "invalidate", null);
                if (done == Invalidation.JOURNALLED) {
                    truth.known(client.number, version);
                }
                else {
                    truth.acknowledged(version);
                }
            }
            catch (RuntimeException ex) {
                end(begin, "invalidate", ex);
            }
        }
        finally {
            truth.lock.unlock();
        }
    }

    private void asynchronous(SoakClient client) {
        Semaphore window = new Semaphore(ASYNCHRONOUS);
        while (!this.ended) {
            window.acquireUninterruptibly();
            if (random(200) == 0) {
                pause(random(10));
            }
            CompletableFuture<?> call = (random(20) == 0) ? readMany(client) : readOne(client);
            if (random(500) == 0) {
                call.cancel(true);
            }
            call.whenComplete((result, failure) -> window.release());
        }
    }

    private CompletableFuture<?> readOne(SoakClient client) {
        KeyTruth truth = this.registers.get(random(REGISTERS));
        long floor = floor(client, truth);
        long begin = begin();
        CompletableFuture<byte[]> call = client.client.get(truth.key);
        call.whenComplete((bytes, failure) -> {
            end(begin, "get", failure);
            if (failure == null) {
                check(client, truth, floor, bytes, true);
            }
        });
        return call;
    }

    private CompletableFuture<?> readMany(SoakClient client) {
        Map<String, KeyTruth> truths = new HashMap<>();
        Map<String, Long> floors = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            KeyTruth truth = this.registers.get(random(REGISTERS));
            truths.put(truth.key, truth);
            floors.put(truth.key, floor(client, truth));
        }
        long begin = begin();
        CompletableFuture<BulkResult<byte[]>> call = client.client.getAll(List.copyOf(truths.keySet()));
        call.whenComplete((result, failure) -> {
            end(begin, "getAll", failure);
            if (result != null) {
                result.hits().forEach((key, bytes) -> {
                    KeyTruth truth = truths.get(key);
                    if (truth == null) {
                        this.verdicts.violation("no value of another key", "getAll answered for " + key);
                    }
                    else {
                        check(client, truth, floors.getOrDefault(key, 0L), bytes, true);
                    }
                });
            }
        });
        return call;
    }

    private void writer(SoakClient client) {
        while (!this.ended) {
            KeyTruth truth = this.registers.get(random(REGISTERS));
            if (!isWriter(client, truth) || !truth.lock.tryLock()) {
                continue;
            }
            try {
                if (random(5) == 0) {
                    delete(client, truth);
                }
                else {
                    set(client, truth);
                }
            }
            finally {
                truth.lock.unlock();
            }
            if (random(50) == 0) {
                pause(random(10));
            }
        }
    }

    private boolean isWriter(SoakClient client, KeyTruth truth) {
        return Math.floorMod(truth.key.hashCode(), this.clients.size()) == client.number;
    }

    private void set(SoakClient client, KeyTruth truth) {
        long version = truth.nextVersion();
        long begin = begin();
        try {
            client.client.blocking().set(truth.key, new NamedValue(truth.key, version).bytes(), LIFETIME);
            end(begin, "set", null);
            truth.acknowledged(version);
        }
        catch (RuntimeException ex) {
            end(begin, "set", ex);
            if (outcome(ex) == Outcome.UNKNOWN) {
                truth.doubt();
                truth.known(client.number, version);
            }
        }
    }

    private void delete(SoakClient client, KeyTruth truth) {
        long version = truth.nextVersion();
        long begin = begin();
        try {
            client.client.blocking().delete(truth.key);
            end(begin, "delete", null);
            truth.acknowledged(version);
        }
        catch (RuntimeException ex) {
            end(begin, "delete", ex);
            if (outcome(ex) != Outcome.REJECTED) {
                truth.doubt();
                truth.known(client.number, version);
            }
        }
    }

    // While something of the key may still arrive late, others than its writer may read
    // older values.
    private long floor(SoakClient client, KeyTruth truth) {
        for (SoakClient each : this.clients) {
            if (isWriter(each, truth)) {
                return (each == client || each.isSettled(truth)) ? truth.floor(client.number) : 0;
            }
        }
        throw new IllegalStateException("No writer for " + truth.key);
    }

    private void check(SoakClient client, KeyTruth truth, long floor, byte @Nullable [] bytes, boolean register) {
        if (bytes == null) {
            this.verdicts.count("misses");
            return;
        }
        String broken = truth.brokenBy(bytes, floor);
        if (broken == null) {
            this.verdicts.count("values checked");
            return;
        }
        boolean hot = register && truth.doubted() != Long.MIN_VALUE;
        this.verdicts
            .violation(broken,
                    "client " + client.number + " read " + truth.key + ": " + NamedValue.of(bytes) + " of "
                            + bytes.length + " bytes, must be at least " + floor + ", issued " + truth.issued()
                            + (hot ? " (was doubtful "
                                    + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - truth.doubted()) + " ms ago)"
                                    : ""));
    }

    private long begin() {
        this.open.incrementAndGet();
        return System.nanoTime();
    }

    private void end(long begin, String operation, @Nullable Throwable failure) {
        long took = System.nanoTime() - begin;
        this.open.decrementAndGet();
        this.longest.accumulateAndGet(took, Math::max);
        if (took > LONGEST_CALL_NANOS) {
            this.verdicts.violation("calls end in bounded time", operation + " took " + Duration.ofNanos(took));
        }
        Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
                : failure;
        String how = "done";
        if (cause != null) {
            how = cause.getClass().getSimpleName();
            if (cause instanceof MemlinkException typed) {
                how += " " + typed.outcome();
            }
            else if (!(cause instanceof java.util.concurrent.CancellationException)) {
                this.verdicts.violation("callers get typed failures", operation + ": " + cause);
            }
        }
        this.verdicts.count("call " + operation + " " + how);
    }

    private static @Nullable Outcome outcome(Throwable failure) {
        return (failure instanceof MemlinkException typed) ? typed.outcome() : null;
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets all calls end. */
    @Override
    public void close() {
        this.ended = true;
        for (Thread thread : this.threads) {
            try {
                thread.join(LONGEST_CALL_NANOS / 1_000_000);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                this.verdicts.violation("every call ends", thread.getName() + " still waits");
            }
        }
    }

}
