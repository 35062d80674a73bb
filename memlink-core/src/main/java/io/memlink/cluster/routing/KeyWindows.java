package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.time.Backoff;
import org.jspecify.annotations.Nullable;

/**
 * Requests for many keys, of which a bounded number is pending in each lane: what belongs
 * to one backend, or goes down one connection. All operations of a client together take
 * no more than their {@link BulkShare}, and wait for each other. <pre>
 *            +--------- refused at a bound, or its backend has left ---------+
 *            v                                                               |
 *        WAITING --- room in its lane and in the share ---&gt; UNDER WAY -+-&gt; ENDED
 *            |                                                               ^
 *            +--- the lane is given up: a timeout, or no room for too long --+
 * </pre>
 * <ul>
 * <li>A lane that is refused at a bound has a window of what it has pending, and goes on
 * when some of that has ended, or after a while: others hold what is missing. The window
 * grows again with each request that is accepted. Keys are given up only where none of
 * the operation is accepted for the whole patience of the limits; so are those that wait
 * for a share.</li>
 * <li>When the backends have changed, what waits is sorted anew.</li>
 * <li>A lane that lets a request time out is asked for no more.</li>
 * </ul>
 * One thread at a time steps; others leave word. Safe for use by many threads.
 */
final class KeyWindows {

    private static final Backoff PAUSE = new Backoff(Duration.ofMillis(1).toNanos(), Duration.ofMillis(50).toNanos());

    private static final long NEVER = Long.MIN_VALUE;

    private final Traffic traffic;

    private final BulkLimits limits;

    private final int batch;

    private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();

    private final AtomicInteger steps = new AtomicInteger();

    private Map<Object, Lane> lanes = new LinkedHashMap<>();

    private @Nullable Object membership;

    private final int keys;

    /** When a request was accepted last. */
    private long acceptedNanos;

    KeyWindows(Traffic traffic, int keys, int batch, BulkLimits limits) {
        this.traffic = traffic;
        this.keys = keys;
        this.batch = batch;
        this.limits = limits;
        this.acceptedNanos = traffic.nanoTime();
    }

    /** The requests that are sent, and where to. */
    interface Traffic {

        /** Returns what is another object after each change of the backends. */
        Object membership();

        /** Returns what a key belongs to at present. */
        Object lane(int position);

        /** Returns what all operations may have in progress there. */
        BulkShare share(Object lane);

        /** Returns how much a request for a key takes. */
        int bytes(int position);

        /**
         * Sends a request for keys of one lane; yields what has to be sent again once the
         * others have ended, and never fails.
         */
        CompletableFuture<Again> send(Object lane, int[] positions);

        /** Ends a key that was not sent, or was refused. */
        void giveUp(int position, MemlinkException failure);

        /** Ends everything, since code of users has thrown what it should not. */
        void broken(Throwable failure);

        /** Steps again after a while, or when the client is closed. */
        void later(Runnable step, long nanos);

        long nanoTime();

    }

    /**
     * The keys that have to be sent again. Immutable.
     *
     * @param positions the keys
     * @param refusal the bound at which they were refused; {@code null} where it was none
     * @param timeout the timeout after which nothing more is sent; {@code null} for none
     */
    record Again(int[] positions, @Nullable MemlinkOverloadedException refusal,
            @Nullable MemlinkTimeoutException timeout) {

        static final Again NOTHING = new Again(new int[0], null, null);

        /** Returns both together. */
        Again and(Again other) {
            if (this == NOTHING || other == NOTHING) {
                return (this == NOTHING) ? other : this;
            }
            int[] all = Arrays.copyOf(this.positions, this.positions.length + other.positions.length);
            System.arraycopy(other.positions, 0, all, this.positions.length, other.positions.length);
            return new Again(all, (this.refusal != null) ? this.refusal : other.refusal,
                    (this.timeout != null) ? this.timeout : other.timeout);
        }

    }

    void begin() {
        tell(() -> {
            int[] all = new int[this.keys];
            Arrays.setAll(all, (position) -> position);
            this.membership = this.traffic.membership();
            sort(all);
        });
    }

    private void sort(int[] positions) {
        Lane lane = null;
        for (int position : positions) {
            Object id = this.traffic.lane(position);
            if (lane == null || lane.id != id) {
                lane = this.lanes.computeIfAbsent(id, Lane::new);
            }
            lane.waiting.addLast(position);
        }
    }

    /** Has something done between two steps, and steps. */
    private void tell(Runnable item) {
        this.news.add(item);
        if (this.steps.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            try {
                step();
            }
            catch (Throwable ex) {
                this.traffic.broken(ex);
            }
            seen = this.steps.addAndGet(-seen);
        }
        while (seen != 0);
    }

    private void step() {
        Runnable item = this.news.poll();
        while (item != null) {
            item.run();
            item = this.news.poll();
        }
        Object membership = this.traffic.membership();
        if (membership != this.membership) {
            this.membership = membership;
            sortAnew();
        }
        for (Lane lane : this.lanes.values()) {
            lane.advance();
        }
    }

    /** Lanes that go on existing keep what they have pending. */
    private void sortAnew() {
        Map<Object, Lane> before = this.lanes;
        this.lanes = new LinkedHashMap<>();
        List<int[]> waiting = new ArrayList<>();
        before.forEach((id, lane) -> {
            waiting.add(lane.waiting.remove(lane.waiting.size()));
            this.lanes.put(id, lane);
        });
        waiting.forEach(this::sort);
        this.lanes.values().removeIf(Lane::isIdle);
    }

    /**
     * The keys that belong to one backend, or use one connection. Confined to the steps.
     */
    private final class Lane {

        private final Object id;

        private final BulkShare share;

        private final IntQueue waiting = new IntQueue();

        private int window = KeyWindows.this.limits.requests();

        private int underWay;

        private int refusals;

        private long refusedSince;

        private boolean paused;

        /** Whether the share calls when there is room. */
        private boolean queued;

        private long queuedSince = NEVER;

        private @Nullable MemlinkTimeoutException timeout;

        Lane(Object id) {
            this.id = id;
            this.share = KeyWindows.this.traffic.share(id);
        }

        boolean isIdle() {
            return this.underWay == 0 && this.waiting.isEmpty();
        }

        void advance() {
            MemlinkTimeoutException timeout = this.timeout;
            if (timeout != null) {
                giveUp(() -> new MemlinkTimeoutException(Outcome.NOT_SENT,
                        "not sent, since for another key of the same operation: " + timeout.getMessage()));
            }
            while (!this.paused && !this.queued && this.underWay < this.window && !this.waiting.isEmpty()) {
                int[] positions = this.waiting.first(KeyWindows.this.batch);
                int bytes = bytes(positions);
                if (!this.share.acquire(bytes, () -> tell(() -> this.queued = false))) {
                    queued();
                    return;
                }
                this.queuedSince = NEVER;
                this.waiting.remove(positions.length);
                this.underWay++;
                KeyWindows.this.traffic.send(this.id, positions).thenAccept((again) -> tell(() -> ended(again, bytes)));
            }
        }

        /** Waits for others, who may let one request after the other time out. */
        private void queued() {
            this.queued = true;
            long now = KeyWindows.this.traffic.nanoTime();
            if (this.queuedSince == NEVER) {
                this.queuedSince = now;
            }
            if (isTooLong(now, this.queuedSince)) {
                giveUp(() -> new MemlinkOverloadedException(
                        "operation on many keys: not sent within " + KeyWindows.this.limits.patience().toMillis()
                                + " ms, since others like it take up what they share at this backend"));
            }
        }

        /** Returns whether none of the operation was accepted for too long. */
        private boolean isTooLong(long now, long since) {
            return Math.min(now - since, now - KeyWindows.this.acceptedNanos) >= KeyWindows.this.limits.patience()
                .toNanos();
        }

        private int bytes(int[] positions) {
            int bytes = 0;
            for (int position : positions) {
                bytes += KeyWindows.this.traffic.bytes(position);
            }
            return bytes;
        }

        private void ended(Again again, int bytes) {
            this.underWay--;
            if (again.timeout() != null) {
                this.timeout = again.timeout();
            }
            if (again.refusal() != null) {
                refused(again.positions(), bytes, again.refusal());
            }
            else {
                KeyWindows.this.acceptedNanos = KeyWindows.this.traffic.nanoTime();
                this.refusals = 0;
                this.paused = false;
                this.window = Math.min(this.window + 1, KeyWindows.this.limits.requests());
                sort(again.positions());
            }
            this.share.release(bytes);
        }

        private void refused(int[] positions, int bytes, MemlinkOverloadedException refusal) {
            // What may be too large for the bound itself holds up none of the others.
            boolean large = bytes > KeyWindows.this.limits.bytes();
            for (int i = positions.length - 1; i >= 0; i--) {
                if (large) {
                    this.waiting.addLast(positions[i]);
                }
                else {
                    this.waiting.addFirst(positions[i]);
                }
            }
            long now = KeyWindows.this.traffic.nanoTime();
            if (this.refusals++ == 0) {
                this.refusedSince = now;
            }
            if (isTooLong(now, this.refusedSince)) {
                giveUp(() -> new MemlinkOverloadedException(String.valueOf(refusal.getMessage())));
                return;
            }
            this.window = Math.max(1, this.underWay);
            if (!this.paused) {
                this.paused = true;
                long delayNanos = PAUSE.delayNanos(Math.min(this.refusals, 30), 1);
                KeyWindows.this.traffic.later(() -> tell(() -> goOn(now + delayNanos, refusal)), delayNanos);
            }
        }

        /** Where it is not yet time for that, the client was closed: nothing has room. */
        private void goOn(long whenNanos, MemlinkOverloadedException refusal) {
            this.paused = false;
            if (KeyWindows.this.traffic.nanoTime() - whenNanos < 0) {
                giveUp(() -> new MemlinkOverloadedException(String.valueOf(refusal.getMessage())));
            }
        }

        private void giveUp(Supplier<? extends MemlinkException> failure) {
            for (int position : this.waiting.remove(this.waiting.size())) {
                KeyWindows.this.traffic.giveUp(position, failure.get());
            }
        }

    }

    /** A queue of numbers with two ends, which takes no more than their bytes. */
    private static final class IntQueue {

        private int[] ring = new int[16];

        private int head;

        private int size;

        boolean isEmpty() {
            return this.size == 0;
        }

        int size() {
            return this.size;
        }

        void addLast(int number) {
            makeRoom();
            this.ring[(this.head + this.size++) & (this.ring.length - 1)] = number;
        }

        void addFirst(int number) {
            makeRoom();
            this.head = (this.head - 1) & (this.ring.length - 1);
            this.ring[this.head] = number;
            this.size++;
        }

        private void makeRoom() {
            if (this.size == this.ring.length) {
                this.ring = Arrays.copyOf(first(this.size), 2 * this.size);
                this.head = 0;
            }
        }

        /** Returns the first numbers, as many as there are up to a maximum. */
        int[] first(int max) {
            int[] numbers = new int[Math.min(max, this.size)];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = this.ring[(this.head + i) & (this.ring.length - 1)];
            }
            return numbers;
        }

        /** Removes the first numbers, as many as there are up to a maximum. */
        int[] remove(int max) {
            int[] removed = first(max);
            this.head = (this.head + removed.length) & (this.ring.length - 1);
            this.size -= removed.length;
            return removed;
        }

    }

}
