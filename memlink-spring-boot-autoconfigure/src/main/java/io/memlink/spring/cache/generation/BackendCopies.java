package io.memlink.spring.cache.generation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.memlink.KeyCopies;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.meta.Done;
import io.memlink.meta.Expiration;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaArithmetic;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaReply.Miss;
import io.memlink.meta.MetaSet;
import org.jspecify.annotations.Nullable;

/**
 * Copies as items on several backends, which only grow: each is changed by a comparison
 * with the CAS token that was read with its number, or made where there is none. Reads
 * keep the items young on the server. What was seen last is remembered, so that raising
 * needs no read. Nothing is owed for requests of which nobody knows what became of them:
 * they come too late to do harm.
 */
final class BackendCopies implements Copies {

    private static final int MAX_ATTEMPTS = 64;

    private static final long ANY = -1;

    private final KeyCopies backends;

    private final Key key;

    private final AtomicReferenceArray<@Nullable Seen> seen;

    BackendCopies(KeyCopies backends, Key key) {
        this.backends = backends;
        this.key = key;
        this.seen = new AtomicReferenceArray<>(backends.count());
    }

    @Override
    public int count() {
        return this.backends.count();
    }

    @Override
    public CompletableFuture<Long> read(int index) {
        return look(index).thenApply(Seen::number);
    }

    private CompletableFuture<Seen> look(int index) {
        MetaGet get = MetaGet.builder(this.key).value().casToken().build();
        return this.backends.send(index, get).thenApply((reply) -> {
            byte[] value = (reply instanceof Hit hit) ? hit.value() : null;
            return remember(index, (value != null)
                    ? new Seen(GenerationNumber.parse(value), ((Hit) reply).casToken(), true) : Seen.NOTHING);
        });
    }

    private Seen remember(int index, Seen seen) {
        this.seen.set(index, seen);
        return seen;
    }

    @Override
    public long highestSeen() {
        long highest = GenerationNumber.NONE;
        for (int i = 0; i < this.seen.length(); i++) {
            Seen seen = this.seen.get(i);
            highest = (seen != null) ? Math.max(highest, seen.number()) : highest;
        }
        return highest;
    }

    @Override
    public CompletableFuture<Raised> raise(int index, long number, boolean make) {
        return raise(new Wanted(index, number, make, ANY));
    }

    @Override
    public CompletableFuture<Raised> renew(int index, long number, long read) {
        return raise(new Wanted(index, number, true, read));
    }

    private CompletableFuture<Raised> raise(Wanted wanted) {
        int index = wanted.index();
        Seen seen = this.seen.get(index);
        CompletableFuture<Raised> raised = (seen != null) ? raise(wanted, seen, MAX_ATTEMPTS)
                : look(index).thenCompose((found) -> raise(wanted, found, MAX_ATTEMPTS));
        return raised.whenComplete((done, failure) -> {
            if (failure != null) {
                // Perhaps it was changed.
                this.seen.set(index, null);
            }
        });
    }

    private CompletableFuture<Raised> raise(Wanted wanted, Seen seen, int attempts) {
        if (seen.number() >= wanted.number() || !wanted.replaces(seen)) {
            return CompletableFuture.completedFuture(new Raised(seen.number(), false));
        }
        if (attempts == 0) {
            return CompletableFuture.failedFuture(new MemlinkTimeoutException(Outcome.NOT_SENT,
                    this.key + ": others change it each time before it is stored"));
        }
        if (!seen.exists()) {
            return wanted.make() ? make(wanted, attempts)
                    : CompletableFuture.completedFuture(new Raised(GenerationNumber.NONE, true));
        }
        return (seen.casToken() != 0) ? replace(wanted, seen, attempts) : add(wanted, seen, attempts);
    }

    /** Makes an item, or reads the one that is there. */
    private CompletableFuture<Raised> make(Wanted wanted, int attempts) {
        MetaArithmetic make = MetaArithmetic.builder(this.key)
            .initial(wanted.number(), Expiration.never())
            .delta(0)
            .value()
            .casToken()
            .build();
        return this.backends.send(wanted.index(), make).thenCompose((reply) -> {
            Seen now = counted(wanted.index(), reply);
            return (now.number() == wanted.number())
                    ? CompletableFuture.completedFuture(new Raised(wanted.number(), true))
                    : raise(wanted, now, attempts - 1);
        });
    }

    private Seen counted(int index, MetaReply reply) {
        return remember(index,
                (reply instanceof Done done) ? new Seen(done.number(), done.casToken(), true) : Seen.NOTHING);
    }

    private CompletableFuture<Raised> replace(Wanted wanted, Seen seen, int attempts) {
        MetaSet set = MetaSet.builder(this.key, GenerationNumber.value(wanted.number()))
            .compareCas(seen.casToken())
            .fill()
            .casToken()
            .build();
        int index = wanted.index();
        return this.backends.send(index, set).thenCompose((reply) -> {
            if (reply instanceof Done done) {
                remember(index, new Seen(wanted.number(), done.casToken(), true));
                return CompletableFuture
                    .completedFuture(new Raised(wanted.number(), seen.number() == GenerationNumber.NONE));
            }
            return (reply instanceof Miss) ? raise(wanted, remember(index, Seen.NOTHING), attempts - 1)
                    : look(index).thenCompose((now) -> raise(wanted, now, attempts - 1));
        });
    }

    /**
     * A server without CAS tokens compares nothing. Adding never lowers, and at worst two
     * who do so at once make a higher number than they wanted.
     */
    private CompletableFuture<Raised> add(Wanted wanted, Seen seen, int attempts) {
        MetaArithmetic add = MetaArithmetic.builder(this.key)
            .delta(wanted.number() - seen.number())
            .value()
            .casToken()
            .build();
        return this.backends.send(wanted.index(), add)
            .thenCompose((reply) -> raise(wanted, counted(wanted.index(), reply), attempts - 1));
    }

    /**
     * The state that a copy is to have.
     *
     * @param index which one
     * @param number its number
     * @param make whether to make it where it is lost
     * @param from the number that it has to have before, or {@link #ANY}
     */
    private record Wanted(int index, long number, boolean make, long from) {

        boolean replaces(Seen seen) {
            return this.from == ANY || this.from == seen.number();
        }

    }

    /**
     * A copy as it was seen.
     *
     * @param number its number, {@link GenerationNumber#NONE} where it has none
     * @param casToken its CAS token
     * @param exists whether there was an item
     */
    private record Seen(long number, long casToken, boolean exists) {

        static final Seen NOTHING = new Seen(GenerationNumber.NONE, 0, false);

    }

}
