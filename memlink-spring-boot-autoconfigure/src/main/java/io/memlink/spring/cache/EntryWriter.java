package io.memlink.spring.cache;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.spring.cache.Failures.Operation;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.spring.cache.fence.OpenMisses;
import io.memlink.spring.cache.fence.OpenMisses.Miss;
import io.memlink.spring.cache.fence.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * Puts: changes, which are stored in any case, and fills, which are stored only if
 * nothing has happened to the entry since it was missed. Counts what became of them; what
 * goes wrong is noted and leaves nothing older. Safe for use by many threads; never
 * blocks.
 */
final class EntryWriter {

    private static final int MAX_ATTEMPTS = 10;

    private final CacheSettings settings;

    private final EntryStore entries;

    private final EntryValues values;

    private final OpenMisses misses;

    private final MemlinkCacheStatistics statistics;

    private final Failures failures;

    EntryWriter(CacheSettings settings, EntryStore entries, EntryValues values, OpenMisses misses,
            MemlinkCacheStatistics statistics, Failures failures) {
        this.settings = settings;
        this.entries = entries;
        this.values = values;
        this.misses = misses;
        this.statistics = statistics;
        this.failures = failures;
    }

    /** Stores a value whatever was there. */
    CompletableFuture<?> change(Object key, String text, Object stored, @Nullable Object value) {
        EncodedValue encoded;
        Expiration expiration;
        try {
            encoded = this.values.encode(stored);
            expiration = this.settings.lifetimes().of(key, value);
        }
        catch (RuntimeException ex) {
            CompletableFuture<?> forgotten = forget(text);
            this.failures.degrade(Operation.WRITE, ex);
            return forgotten;
        }
        return this.entries.put(text, encoded, expiration).whenComplete((nothing, failure) -> {
            if (failure == null) {
                this.statistics.add(Count.PUTS);
                return;
            }
            this.failures.note(Operation.WRITE, failure);
            if (!isDeletedByTheClient(failure)) {
                forget(text);
            }
        });
    }

    /**
     * The client journals the key of a set that has failed. What was not sent may not
     * have come to be a set, as its generation was not known.
     */
    private static boolean isDeletedByTheClient(Throwable failure) {
        return Failures.unwrap(failure) instanceof MemlinkException known && known.outcome() == Outcome.UNKNOWN;
    }

    /**
     * Stores a value that follows a miss.
     * @param surely whether the miss and this are of one operation; where they may not
     * be, the value may be a change
     */
    CompletableFuture<?> fill(Object key, Miss miss, Object stored, @Nullable Object value, boolean surely) {
        try {
            return fill(miss.key(), miss.ticket(), this.values.encode(stored), this.settings.lifetimes().of(key, value),
                    surely, () -> this.misses.giveBack(miss));
        }
        catch (RuntimeException ex) {
            giveUp(miss.key(), surely, () -> this.misses.giveBack(miss));
            this.failures.degrade(Operation.WRITE, ex);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Stores what was loaded for what a read has told. */
    void fill(String text, Ticket ticket, EncodedValue encoded, Expiration expiration) {
        fill(text, ticket, encoded, expiration, true, () -> {
        });
    }

    private CompletableFuture<?> fill(String text, Ticket ticket, EncodedValue encoded, Expiration expiration,
            boolean surely, Runnable giveBack) {
        return this.entries.fill(text, ticket, encoded, expiration).whenComplete((stored, failure) -> {
            if (failure != null) {
                this.failures.note(Operation.WRITE, failure);
                giveUp(text, surely, giveBack);
            }
            else if (stored) {
                this.statistics.add(Count.PUTS);
            }
            else {
                this.statistics.add(Count.REFUSED_PUTS);
                if (!surely) {
                    forgetUnlessSame(text, encoded);
                }
            }
        });
    }

    /** What was not stored may have been a change, later than whatever is there. */
    private void giveUp(String text, boolean surely, Runnable giveBack) {
        if (surely) {
            giveBack.run();
        }
        else {
            forget(text);
        }
    }

    /**
     * What was refused may have been a change, later than what is there, unless that is
     * the same.
     */
    private void forgetUnlessSame(String text, EncodedValue refused) {
        this.entries.look(text).whenComplete((reading, failure) -> {
            EncodedValue found = (reading != null) ? reading.value() : null;
            if (found == null || found.flags() != refused.flags() || !Arrays.equals(found.data(), refused.data())) {
                forget(text);
            }
        });
    }

    /**
     * Stores a value where there is none, and waits for it. What nobody here can use, as
     * it cannot be decoded, is as good as none.
     * @return what is there, as it is stored; {@code null} if the value was stored
     */
    @Nullable Object add(Object key, String text, Object stored, @Nullable Object value) {
        EncodedValue encoded = this.values.encode(stored);
        Expiration expiration = this.settings.lifetimes().of(key, value);
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            if (Failures.await(this.entries.add(text, encoded, expiration))) {
                this.statistics.add(Count.PUTS);
                return null;
            }
            Reading reading = Failures.await(this.entries.look(text));
            Object existing = this.values.found(reading);
            if (existing != null) {
                return existing;
            }
            if (Failures.await(this.entries.fill(text, reading.ticket(), encoded, expiration))) {
                this.statistics.add(Count.PUTS);
                return null;
            }
        }
        throw new IllegalStateException("putIfAbsent: others change the entry each time before it is stored");
    }

    /** What was there before must not be read as if it were the latest. */
    CompletableFuture<?> forget(String text) {
        return this.entries.forget(text).whenComplete((deleted, failure) -> {
            if (failure != null) {
                this.failures.note(Operation.EVICTION, failure);
            }
        });
    }

}
