package io.memlink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.memlink.cluster.Invalidation;
import io.memlink.meta.Expiration;

/**
 * About two thousand operations in a second, some of each kind on each of many keys.
 * Values name their key and a number that grows, so that a value that belongs to another
 * key, or was replaced or deleted before it was read, is found.
 */
final class SteadyLoad implements AutoCloseable {

    private static final int PERIOD_MILLIS = 5;

    private static final int OPERATIONS = 10;

    private final MemlinkClient client;

    private final ValueOperations<String> text;

    private final List<LoadedKey> keys = new ArrayList<>();

    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();

    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();

    private final Map<String, AtomicInteger> successes = new ConcurrentHashMap<>();

    private int next;

    SteadyLoad(MemlinkClient client, int keys) {
        this.client = client;
        this.text = client.with(Transcoder.text());
        for (int i = 0; i < keys; i++) {
            this.keys.add(new LoadedKey("load-" + i));
        }
        this.ticks.scheduleAtFixedRate(this::tick, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        for (int i = 0; i < OPERATIONS; i++) {
            this.keys.get(this.next++ % this.keys.size()).operate();
        }
    }

    /** One key, on which one operation at a time is done. */
    private final class LoadedKey {

        private final String name;

        private final AtomicLong operations = new AtomicLong();

        private volatile boolean busy;

        /** No older value may be read. */
        private volatile long oldestLegal;

        LoadedKey(String name) {
            this.name = name;
        }

        void operate() {
            if (this.busy) {
                return;
            }
            this.busy = true;
            long number = this.operations.incrementAndGet();
            String owner = SteadyLoad.this.client.explain(this.name).candidates().get(0).id();
            CompletableFuture<?> operation = switch ((int) (number % 5)) {
                case 0 -> set(number);
                case 3 -> delete(number);
                default -> get();
            };
            operation.whenComplete((result, failure) -> {
                (((failure != null) ? SteadyLoad.this.failures : SteadyLoad.this.successes).computeIfAbsent(owner,
                        (id) -> new AtomicInteger()))
                    .incrementAndGet();
                this.busy = false;
            });
        }

        private CompletableFuture<?> set(long number) {
            String value = this.name + " " + number;
            return SteadyLoad.this.text.set(this.name, value, Expiration.never())
                .thenAccept((nothing) -> this.oldestLegal = number);
        }

        private CompletableFuture<?> delete(long number) {
            return SteadyLoad.this.client.invalidate(this.name).thenAccept((invalidation) -> {
                this.oldestLegal = number;
                if (invalidation == Invalidation.JOURNALLED) {
                    throw new IllegalStateException("not now");
                }
            });
        }

        private CompletableFuture<?> get() {
            long oldest = this.oldestLegal;
            return SteadyLoad.this.text.get(this.name).thenAccept((value) -> {
                if (value != null && (!value.startsWith(this.name + " ") || number(value) < oldest)) {
                    SteadyLoad.this.violations.add(this.name + " not older than " + oldest + ": " + value);
                }
            });
        }

        private static long number(String value) {
            return Long.parseLong(value.substring(value.indexOf(' ') + 1));
        }

    }

    /** Returns values that should not have been read. */
    List<String> violations() {
        return List.copyOf(this.violations);
    }

    /** Returns how many operations have failed on the keys of a backend. */
    int failures(String backend) {
        return count(this.failures, backend);
    }

    /** Returns how many operations have succeeded on the keys of a backend. */
    int successes(String backend) {
        return count(this.successes, backend);
    }

    private static int count(Map<String, AtomicInteger> counts, String backend) {
        AtomicInteger count = counts.get(backend);
        return (count != null) ? count.get() : 0;
    }

    /** Returns how many operations have failed. */
    int failures() {
        return this.failures.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    @Override
    public void close() {
        this.ticks.shutdownNow();
    }

}
