package io.memlink.spring.cache.fence;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.memlink.MemlinkClient;
import io.memlink.spring.cache.invocation.LoadLimit;
import org.jspecify.annotations.Nullable;

/**
 * The misses of one cache that a put may follow. Each belongs to the view of the cache
 * that missed, which is usually that of one invocation, and is found there. Those of
 * threads are listed here as well, for callers that put by another view. Bounded; safe
 * for use by many threads. <pre>
 * OPEN -+- a put follows ------------------------&gt; taken, once
 *       +- its invocation ends without one -----&gt; given back
 *       +- its view cannot be reached any more --&gt; given back, with the next miss
 *       +- others wait for what it has ---------&gt; given back in time
 *       +- too many, or too old -----------------&gt; forgotten
 * </pre>
 */
public final class OpenMisses {

    static final int MAX = 10_000;

    private final GivenBack givenBack;

    private final LongSupplier nanoClock;

    private final Map<MissOwner, Miss> byOwner = new ConcurrentHashMap<>();

    private final Set<Miss> open = ConcurrentHashMap.newKeySet();

    /** How many are open, since a set counts slowly. */
    private final AtomicInteger count = new AtomicInteger();

    private final ReferenceQueue<Object> unreachable = new ReferenceQueue<>();

    /**
     * Creates an empty list.
     * @param client gives rights back
     * @param nanoClock the time
     */
    public OpenMisses(MemlinkClient client, LongSupplier nanoClock) {
        this.givenBack = new GivenBack(client);
        this.nanoClock = nanoClock;
    }

    /**
     * Remembers a miss of a thread, which a put of this thread may follow.
     * @param view the view of the cache that missed
     * @param key the key, as text
     * @param ticket what the read told
     * @param rightTime after which a right that others wait for is given back
     * @param maxAge after which no put is expected any more
     * @return the miss
     */
    public Miss ofThread(Object view, String key, Ticket ticket, Duration rightTime, Duration maxAge) {
        Miss miss = open(view, MissOwner.present(key), ticket, rightTime, maxAge, null);
        list(miss);
        return miss;
    }

    /**
     * Remembers a read that failed, which a put of this thread may follow.
     * @param view the view of the cache that could not ask
     * @param key the key, as text
     * @param permit to load without the cache, which is returned at its end; {@code null}
     * for none
     * @param maxAge after which no put is expected any more, and the permit is returned
     * @return the miss
     */
    public Miss ofThreadInVain(Object view, String key, LoadLimit.@Nullable Permit permit, Duration maxAge) {
        Miss miss = open(view, MissOwner.present(key), Ticket.unknown(key), maxAge, maxAge, permit);
        list(miss);
        return miss;
    }

    /**
     * Remembers a miss that a put of any thread may follow.
     * @param view the view of the cache that missed
     * @param key the key, as text
     * @param ticket what the read told
     * @param listed whether the view is used for several operations
     * @param rightTime after which a right that others wait for is given back
     * @param maxAge after which no put is expected any more
     * @return the miss
     */
    public Miss ofChain(Object view, String key, Ticket ticket, boolean listed, Duration rightTime, Duration maxAge) {
        Miss miss = open(view, MissOwner.any(key), ticket, rightTime, maxAge, null);
        if (listed) {
            list(miss);
        }
        return miss;
    }

    /**
     * Remembers a read that failed, which a put of any thread may follow.
     * @param view the view of the cache that could not ask
     * @param key the key, as text
     * @param listed whether the view is used for several operations
     * @param permit to load without the cache, which is returned at its end; {@code null}
     * for none
     * @param maxAge after which no put is expected any more, and the permit is returned
     * @return the miss
     */
    public Miss ofChainInVain(Object view, String key, boolean listed, LoadLimit.@Nullable Permit permit,
            Duration maxAge) {
        Miss miss = open(view, MissOwner.any(key), Ticket.unknown(key), maxAge, maxAge, permit);
        if (listed) {
            list(miss);
        }
        return miss;
    }

    private Miss open(Object view, MissOwner owner, Ticket ticket, Duration rightTime, Duration maxAge,
            LoadLimit.@Nullable Permit permit) {
        giveBackUnreachable();
        Miss miss = new Miss(view, this.unreachable, owner, ticket, this.nanoClock.getAsLong(), maxAge, permit);
        if (this.count.incrementAndGet() > MAX) {
            forgetOld();
        }
        this.open.add(miss);
        if (permit != null || ticket.right() == Ticket.Right.OLD || ticket.right() == Ticket.Right.EVICTED) {
            WeakReference<Miss> later = new WeakReference<>(miss);
            CompletableFuture.delayedExecutor(rightTime.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> timeIsOver(later.get()));
        }
        return miss;
    }

    private void list(Miss miss) {
        this.byOwner.put(miss.owner, miss);
    }

    /**
     * Takes the miss that a put follows.
     * @param view the view of the cache that puts
     * @param own the latest miss of that view; {@code null} for none
     * @param key the key, as text
     * @return the miss; {@code null} where the put follows none
     */
    public @Nullable Miss take(Object view, @Nullable Miss own, String key) {
        if (own != null && own.owner.key().equals(key) && own.owner.isPresent()) {
            // Even if it was forgotten: this is no change.
            end(own);
            return own;
        }
        if (this.byOwner.isEmpty()) {
            return null;
        }
        Miss ofThread = this.byOwner.remove(MissOwner.present(key));
        if (ofThread != null && !isOver(ofThread)) {
            if (ofThread.isOf(view)) {
                end(ofThread);
            }
            // Of another view: that one still knows what it missed.
            return ofThread;
        }
        Miss ofChain = this.byOwner.get(MissOwner.any(key));
        return (ofChain != null && ofChain.isOf(view) && end(ofChain)) ? ofChain : null;
    }

    /**
     * Lets no other view put what this thread has missed of a key, as it has changed the
     * entry since. The view that missed still knows what it missed.
     * @param key the key, as text
     */
    public void changedByThisThread(String key) {
        if (!this.byOwner.isEmpty()) {
            this.byOwner.remove(MissOwner.present(key));
        }
    }

    /** Does so for all keys, as this thread has cleared the cache. */
    public void clearedByThisThread() {
        this.byOwner.keySet().removeIf((owner) -> !owner.isAny() && owner.isPresent());
    }

    /**
     * Lets the next reader have what the one who took a miss does not use.
     * @param miss the miss, which was taken
     */
    public void giveBack(Miss miss) {
        this.givenBack.give(miss.ticket, age(miss));
    }

    /**
     * Ends a miss that no put will follow any more, and gives back what it had.
     * @param miss the miss; has no effect if it was taken
     */
    public void abandon(Miss miss) {
        if (end(miss)) {
            giveBack(miss);
        }
    }

    private void giveBackUnreachable() {
        for (Object next = this.unreachable.poll(); next != null; next = this.unreachable.poll()) {
            abandon((Miss) next);
        }
    }

    /** Others must not wait any longer, be the load only slow or given up. */
    private void timeIsOver(@Nullable Miss miss) {
        if (miss == null || miss.ended.get()) {
            return;
        }
        Ticket ticket = miss.ticket;
        CompletableFuture<Long> token = this.givenBack.give(ticket, age(miss));
        if (ticket.right() == Ticket.Right.OLD) {
            // A slow load may store nevertheless.
            token.thenAccept((casToken) -> miss.ticket = ticket.sharing(casToken));
        }
        else {
            end(miss);
        }
    }

    private Duration age(Miss miss) {
        return Duration.ofNanos(this.nanoClock.getAsLong() - miss.openedNanos);
    }

    private void forgetOld() {
        for (Miss miss : this.open) {
            if (isOver(miss)) {
                end(miss);
            }
        }
        Iterator<Miss> rest = this.open.iterator();
        while (this.count.get() > MAX && rest.hasNext()) {
            end(rest.next());
        }
    }

    private boolean isOver(Miss miss) {
        return age(miss).compareTo(miss.maxAge) >= 0;
    }

    /** Returns whether it had not ended yet. */
    private boolean end(Miss miss) {
        if (!miss.ended.compareAndSet(false, true)) {
            return false;
        }
        this.byOwner.remove(miss.owner, miss);
        this.open.remove(miss);
        this.count.decrementAndGet();
        if (miss.permit != null) {
            miss.permit.close();
        }
        return true;
    }

    int size() {
        return this.count.get();
    }

    /**
     * A miss that a put may follow. Does not keep its view from being collected.
     */
    public static final class Miss extends WeakReference<Object> {

        private final MissOwner owner;

        private volatile Ticket ticket;

        private final long openedNanos;

        private final Duration maxAge;

        private final LoadLimit.@Nullable Permit permit;

        private final AtomicBoolean ended = new AtomicBoolean();

        private Miss(Object view, ReferenceQueue<Object> unreachable, MissOwner owner, Ticket ticket, long openedNanos,
                Duration maxAge, LoadLimit.@Nullable Permit permit) {
            super(view, unreachable);
            this.owner = owner;
            this.ticket = ticket;
            this.openedNanos = openedNanos;
            this.maxAge = maxAge;
            this.permit = permit;
        }

        /**
         * Returns what the read told.
         * @return the ticket
         */
        public Ticket ticket() {
            return this.ticket;
        }

        /**
         * Returns the key.
         * @return its text
         */
        public String key() {
            return this.owner.key();
        }

        /**
         * Returns whether a thread missed this, which is the one to put.
         * @return whether it did, rather than a chain of futures
         */
        public boolean isOfThread() {
            return !this.owner.isAny();
        }

        /**
         * Returns whether a view of the cache missed this.
         * @param view the view
         * @return whether it did
         */
        public boolean isOf(Object view) {
            return refersTo(view);
        }

    }

}
