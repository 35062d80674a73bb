package io.memlink.spring.cache.fence;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.MemlinkClient;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;

/**
 * The misses of one cache that a put may follow. Each belongs to the view of the cache
 * that missed, which is usually that of one invocation, and to the thread that missed,
 * unless that was a future. Bounded; safe for use by many threads. <pre>
 * OPEN -+- a put follows ------------------------&gt; taken, once
 *       +- its invocation ends without one -----&gt; given back
 *       +- its view cannot be reached any more --&gt; given back, before the next read
 *       +- others wait for what it has ---------&gt; given back in time
 *       +- too many, or too old -----------------&gt; forgotten
 * </pre>
 */
public final class OpenMisses {

    static final int MAX = 10_000;

    /** What is left where there were too many: so that this is seldom looked for. */
    private static final int KEPT = MAX - MAX / 10;

    private final GivenBack givenBack;

    private final Timers timers;

    private final Map<MissOwner, Miss> byOwner = new ConcurrentHashMap<>();

    private final Set<Miss> open = ConcurrentHashMap.newKeySet();

    /** How many are open, since a set counts slowly. */
    private final AtomicInteger count = new AtomicInteger();

    private final ReferenceQueue<Object> unreachable = new ReferenceQueue<>();

    /**
     * Creates an empty list.
     * @param client gives rights back
     * @param timers the time
     */
    public OpenMisses(MemlinkClient client, Timers timers) {
        this.givenBack = new GivenBack(client);
        this.timers = timers;
    }

    /**
     * Remembers a miss of a thread, which a put of this thread may follow.
     * @param view the view of the cache that missed
     * @param invocation the invocation that it is used in; {@code null} for none
     * @param key the key, as text
     * @param ticket what the read told
     * @param rightTime after which a right that others wait for is given back
     * @param maxAge after which no put is expected any more
     * @return the miss
     */
    public Miss ofThread(Object view, @Nullable Object invocation, String key, Ticket ticket, Duration rightTime,
            Duration maxAge) {
        return open(view, invocation, MissOwner.present(key), key, ticket, rightTime, maxAge);
    }

    /**
     * Remembers a miss that a put of any thread may follow.
     * @param view the view of the cache that missed
     * @param invocation the invocation that it is used in; {@code null} for none
     * @param key the key, as text
     * @param ticket what the read told
     * @param rightTime after which a right that others wait for is given back
     * @param maxAge after which no put is expected any more
     * @return the miss
     */
    public Miss ofChain(Object view, @Nullable Object invocation, String key, Ticket ticket, Duration rightTime,
            Duration maxAge) {
        return open(view, invocation, null, key, ticket, rightTime, maxAge);
    }

    private Miss open(Object view, @Nullable Object invocation, @Nullable MissOwner thread, String key, Ticket ticket,
            Duration rightTime, Duration maxAge) {
        Miss miss = new Miss(view, this.unreachable, invocation, thread, MissOwner.of(view, key), ticket,
                this.timers.nanoTime(), maxAge);
        if (this.count.incrementAndGet() > MAX) {
            forgetOld();
        }
        this.open.add(miss);
        if (ticket.right() == Ticket.Right.OLD || ticket.right() == Ticket.Right.EVICTED) {
            WeakReference<Miss> later = new WeakReference<>(miss);
            this.timers.schedule(() -> timeIsOver(later.get()), rightTime.toNanos());
        }
        if (thread != null) {
            Miss before = this.byOwner.put(thread, miss);
            if (before != null) {
                before.overtaken = true;
            }
        }
        this.byOwner.put(miss.ofView, miss);
        return miss;
    }

    /**
     * Takes the miss that a put follows. Others may still put after a miss of another
     * thread, so that one stays open.
     * @param view the view of the cache that puts
     * @param own the latest miss of that view; {@code null} for none
     * @param invocation the invocation that it is used in, {@code null} for none; what
     * another one has missed is not put
     * @param key the key, as text
     * @return the miss; {@code null} where the put follows none
     */
    public @Nullable Miss take(Object view, @Nullable Miss own, @Nullable Object invocation, String key) {
        if (own != null && own.key().equals(key)) {
            // Even if it was forgotten: this is no change.
            return taken(own);
        }
        if (this.byOwner.isEmpty()) {
            return null;
        }
        Miss ofThread = this.byOwner.get(MissOwner.present(key));
        if (ofThread != null && !isOver(ofThread)) {
            if (ofThread.isOf(view)) {
                return taken(ofThread);
            }
            if (ofThread.invocation == invocation) {
                // The view that missed still knows what it missed.
                this.byOwner.remove(MissOwner.present(key), ofThread);
                ofThread.overtaken = true;
                return ofThread;
            }
        }
        Miss ofView = this.byOwner.get(MissOwner.of(view, key));
        return (ofView != null && ofView.isOf(view)) ? taken(ofView) : null;
    }

    private Miss taken(Miss miss) {
        if (miss.isOfPresentThread()) {
            end(miss);
        }
        return miss;
    }

    /**
     * Lets this thread put after none of its misses of a key, as it has changed the entry
     * since, or knows it. Other views that missed still know what they missed.
     * @param view the view of the cache that changed it
     * @param key the key, as text
     */
    public void changedByThisThread(Object view, String key) {
        if (!this.byOwner.isEmpty()) {
            Miss changed = this.byOwner.remove(MissOwner.present(key));
            if (changed != null) {
                changed.overtaken = true;
                if (changed.isOf(view)) {
                    this.byOwner.remove(changed.ofView, changed);
                }
            }
        }
    }

    /**
     * Does so for all keys, as this thread has cleared the cache.
     * @param view the view of the cache that cleared it
     */
    public void clearedByThisThread(Object view) {
        this.byOwner.forEach((owner, miss) -> {
            if (owner.isPresent()) {
                changedByThisThread(view, owner.key());
            }
        });
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

    /**
     * Gives back what the misses of views had that cannot be reached any more. A read
     * that follows it is not told of what is given back here.
     */
    public void giveBackUnreachable() {
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
        return Duration.ofNanos(this.timers.nanoTime() - miss.openedNanos);
    }

    private void forgetOld() {
        long now = this.timers.nanoTime();
        List<Miss> oldestFirst = new ArrayList<>(this.open);
        oldestFirst.sort(Comparator.comparingLong((miss) -> miss.openedNanos - now));
        for (Miss miss : oldestFirst) {
            if (this.count.get() > KEPT || isOver(miss)) {
                end(miss);
            }
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
        if (miss.ofThread != null) {
            this.byOwner.remove(miss.ofThread, miss);
        }
        this.byOwner.remove(miss.ofView, miss);
        this.open.remove(miss);
        this.count.decrementAndGet();
        return true;
    }

    int size() {
        return this.count.get();
    }

    /**
     * A miss that a put may follow. Does not keep its view from being collected.
     */
    public static final class Miss extends WeakReference<Object> {

        private final @Nullable Object invocation;

        private final @Nullable MissOwner ofThread;

        private final MissOwner ofView;

        private volatile Ticket ticket;

        private final long openedNanos;

        private final Duration maxAge;

        private final AtomicBoolean ended = new AtomicBoolean();

        private volatile boolean overtaken;

        private Miss(Object view, ReferenceQueue<Object> unreachable, @Nullable Object invocation,
                @Nullable MissOwner ofThread, MissOwner ofView, Ticket ticket, long openedNanos, Duration maxAge) {
            super(view, unreachable);
            this.invocation = invocation;
            this.ofThread = ofThread;
            this.ofView = ofView;
            this.ticket = ticket;
            this.openedNanos = openedNanos;
            this.maxAge = maxAge;
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
            return this.ofView.key();
        }

        /**
         * Returns whether the thread that missed this has read or changed the entry since
         * through another view, so that what it puts may be anything.
         * @return whether it has
         */
        public boolean isOvertaken() {
            return this.overtaken;
        }

        /**
         * Returns whether a thread missed this, which is the one to put.
         * @return whether it did, rather than a future
         */
        public boolean isOfThread() {
            return this.ofThread != null;
        }

        /**
         * Returns whether the thread that missed this is the present one.
         * @return whether it is, or nobody can tell
         */
        public boolean isOfPresentThread() {
            return this.ofThread == null || this.ofThread.isPresent();
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
