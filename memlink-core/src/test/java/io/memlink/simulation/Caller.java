package io.memlink.simulation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import io.memlink.CasResult;
import io.memlink.Item;
import io.memlink.MemlinkClient;
import io.memlink.cluster.Invalidation;
import io.memlink.meta.Expiration;
import io.memlink.simulation.Call.End;
import io.memlink.simulation.Call.Kind;
import io.memlink.simulation.WrittenValue.Condition;
import org.jspecify.annotations.Nullable;

/** Somebody who calls the operations of a client on few keys. */
final class Caller extends User {

    private final Settings settings;

    private final Chance chance;

    private final History history;

    private final Loaders loaders;

    /** What was read with a token, to be replaced. */
    private @Nullable Seen seen;

    private record Seen(String key, long token, WrittenValue value) {
    }

    Caller(SimulatedClient client, SimulatedTime time, Chance chance, Settings settings, History history) {
        super(client, time, chance, settings, history);
        this.settings = settings;
        this.chance = chance;
        this.history = history;
        this.loaders = new Loaders(time, chance,
                (key) -> history.newValue(key, client.application(), Condition.LEASE, chance.from(0, 100), null));
    }

    private MemlinkClient memlink() {
        return client().memlink();
    }

    private String key() {
        return key("k");
    }

    private String key(String kind) {
        return kind + this.chance.from(1, this.settings.keys());
    }

    private int length(String key) {
        if (key.startsWith("p")) {
            return this.chance.from(0, 20);
        }
        boolean large = this.settings.largeValues() && this.chance.hits(0.05);
        return large ? this.chance.from(10_000, 200_000) : this.chance.from(0, 100);
    }

    private Expiration expiration() {
        return this.chance.hits(0.7) ? Expiration.never() : Expiration.after(lives(this.chance.from(1, 30)));
    }

    private Duration lives(int seconds) {
        return Duration.ofSeconds(seconds).multipliedBy(this.settings.pace().lives());
    }

    @Override
    void callOne() {
        switch (this.chance.from(0, 34)) {
            case 0, 1, 2, 3, 4, 5 -> get(key());
            case 6, 7 -> getItem(key());
            case 8 -> getAll();
            case 9, 10, 11, 12 -> set(key());
            case 13 -> setAll();
            case 14 -> conditional(Kind.ADD, Condition.ABSENT, key());
            case 15 -> conditional(Kind.REPLACE, Condition.PRESENT, key());
            case 16, 17 -> compareAndSet();
            case 18 -> delete(key());
            case 19 -> invalidate(key(), Kind.INVALIDATE);
            case 20 -> touch(key());
            case 21, 22, 23 -> load(key("l"));
            case 24 -> invalidate(key("l"), Kind.EVICT);
            case 25 -> loadAll();
            case 26 -> markStale(key("l"));
            case 27 -> getAndTouch(key());
            case 28, 29 -> grow(key("p"));
            case 30 -> get(key("p"));
            case 31, 32 -> count(key("n"));
            case 33 -> get(key("n"));
            default -> invalidate(key("n"), Kind.INVALIDATE);
        }
    }

    private void get(String key) {
        Call call = this.history.begin(client().application(), Kind.GET, key);
        follow(call, 2, memlink().get(key), (value, failure) -> this.history.read(call, value, true));
    }

    private void getItem(String key) {
        Call call = this.history.begin(client().application(), Kind.GET_ITEM, key);
        follow(call, 2, memlink().getItem(key), (item, failure) -> {
            this.history.read(call, (item != null) ? item.value() : null, true);
            this.seen = (item != null) ? seen(key, item) : null;
        });
    }

    private void getAndTouch(String key) {
        Call call = this.history.begin(client().application(), Kind.GET_AND_TOUCH, key);
        follow(call, 5, memlink().getAndTouch(key, expiration()),
                (value, failure) -> this.history.read(call, value, true));
    }

    private @Nullable Seen seen(String key, Item<byte[]> item) {
        WrittenValue value = this.history.value(item.value());
        return (value != null) ? new Seen(key, item.casToken(), value) : null;
    }

    private void getAll() {
        Map<String, Call> calls = new LinkedHashMap<>();
        for (int i = this.chance.from(1, 8); i > 0; i--) {
            String key = key();
            calls.computeIfAbsent(key, (absent) -> this.history.begin(client().application(), Kind.GET_ALL, key));
        }
        follow(calls.values(), 5, memlink().getAll(calls.keySet()), (result, failure) -> calls
            .forEach((key, call) -> this.history.read(call, (result != null) ? result.hits().get(key) : null, true)));
    }

    private void set(String key) {
        WrittenValue value = this.history.newValue(key, client().application(), Condition.NONE, length(key), null);
        Call call = this.history.begin(client().application(), Kind.SET, key).storing(value);
        follow(call, 2, memlink().set(key, value.encode(), expiration()),
                (nothing, failure) -> this.history.ended(call, (failure == null) ? End.DONE : End.of(failure)));
    }

    private void setAll() {
        Map<String, Call> calls = new LinkedHashMap<>();
        Map<String, byte[]> values = new LinkedHashMap<>();
        for (int i = this.chance.from(1, 6); i > 0; i--) {
            String key = key();
            if (!calls.containsKey(key)) {
                WrittenValue value = this.history
                    .newValue(key, client().application(), Condition.NONE, length(key), null)
                    .repeatable();
                calls.put(key, this.history.begin(client().application(), Kind.SET_ALL, key).storing(value));
                values.put(key, value.encode());
            }
        }
        // One after the other where there is room for one: each waits for its place for
        // a timeout, for who has it until then, and for its own reply.
        follow(calls.values(), Math.max(5, 1 + 3 * calls.size()), memlink().setAll(values, expiration()),
                (result, failure) -> calls
                    .forEach((key, call) -> this.history.ended(call, (result == null) ? End.of(failure)
                            : result.done().contains(key) ? End.DONE : End.of(result.failures().get(key)))));
    }

    private void conditional(Kind kind, Condition condition, String key) {
        WrittenValue value = this.history.newValue(key, client().application(), condition, length(key), null);
        Call call = this.history.begin(client().application(), kind, key).storing(value);
        CompletableFuture<Boolean> changing = switch (kind) {
            case ADD -> memlink().add(key, value.encode(), expiration());
            case REPLACE -> memlink().replace(key, value.encode(), expiration());
            case APPEND -> memlink().append(key, value.encode());
            default -> memlink().prepend(key, value.encode());
        };
        follow(call, 5, changing, (done, failure) -> this.history.ended(call, end(done, failure)));
    }

    /** Sets, or adds something at either end. */
    private void grow(String key) {
        switch (this.chance.from(0, 6)) {
            case 0 -> invalidate(key, Kind.INVALIDATE);
            case 1, 2 -> set(key);
            case 3, 4 -> conditional(Kind.APPEND, Condition.PRESENT, key);
            default -> conditional(Kind.PREPEND, Condition.PRESENT, key);
        }
    }

    private void count(String key) {
        long delta = this.chance.nextLong(1, 1L << 32);
        boolean begins = this.chance.hits(0.7);
        // So large that no counter gets down to zero.
        long initial = (1L << 50) + this.chance.nextLong(1L << 50);
        long[] numbers = begins ? new long[] { delta, initial } : new long[] { delta };
        Call call = this.history.beginCount(client().application(), key, numbers);
        CompletableFuture<Long> counting = this.chance.hits(0.5)
                ? begins ? memlink().increment(key, delta, initial, expiration()) : memlink().increment(key, delta)
                : begins ? memlink().decrement(key, delta, initial, expiration()) : memlink().decrement(key, delta);
        follow(call, 5, counting, (result, failure) -> this.history.counted(call, numbers,
                (failure == null) ? End.DONE : End.of(failure), result));
    }

    private void compareAndSet() {
        Seen seen = this.seen;
        if (seen == null) {
            getItem(key());
            return;
        }
        WrittenValue value = this.history.newValue(seen.key, client().application(), Condition.TOKEN, length(seen.key),
                seen.value);
        Call call = this.history.begin(client().application(), Kind.COMPARE_AND_SET, seen.key).storing(value);
        follow(call, 5, memlink().compareAndSet(seen.key, value.encode(), expiration(), seen.token),
                (result, failure) -> this.history.ended(call,
                        end((result != null) ? result == CasResult.STORED : null, failure)));
    }

    private static End end(@Nullable Boolean done, @Nullable Throwable failure) {
        if (done == null) {
            return End.of(failure);
        }
        return done ? End.DONE : End.NOT_DONE;
    }

    private void delete(String key) {
        Call call = this.history.begin(client().application(), Kind.DELETE, key);
        follow(call, 2, memlink().delete(key), (done, failure) -> this.history.ended(call, end(done, failure)));
    }

    private void touch(String key) {
        Call call = this.history.begin(client().application(), Kind.TOUCH, key);
        follow(call, 5, memlink().touch(key, expiration()),
                (done, failure) -> this.history.ended(call, end(done, failure)));
    }

    private void invalidate(String key, Kind kind) {
        if (kind == Kind.EVICT) {
            this.history.change(key);
        }
        Call call = this.history.begin(client().application(), kind, key).evicting(this.history.version(key));
        follow(call, 2, memlink().invalidate(key), (result, failure) -> {
            if (result == null) {
                this.history.ended(call, End.of(failure));
            }
            else {
                this.history.ended(call, (result == Invalidation.DELETED) ? End.DONE
                        : (result == Invalidation.NOT_FOUND) ? End.NOT_DONE : End.JOURNALLED);
            }
        });
    }

    private void load(String key) {
        Call call = this.history.begin(client().application(), Kind.LOAD, key);
        follow(call, 12, memlink().getOrLoad(key, this.loaders.of(key), this.loaders.policy()),
                (loaded, failure) -> this.history.read(call, (loaded != null) ? loaded.value() : null,
                        loaded != null && loaded.failure() == null));
    }

    private void loadAll() {
        Map<String, Call> calls = new LinkedHashMap<>();
        for (int i = this.chance.from(1, 6); i > 0; i--) {
            calls.computeIfAbsent(key("l"), (key) -> this.history.begin(client().application(), Kind.LOAD_ALL, key));
        }
        follow(calls.values(), 12, memlink().getAllOrLoad(calls.keySet(), this.loaders.ofMany(), this.loaders.policy()),
                (loaded, failure) -> calls
                    .forEach((key, call) -> this.history.read(call, (loaded != null) ? loaded.get(key) : null, false)));
    }

    private void markStale(String key) {
        Call call = this.history.begin(client().application(), Kind.MARK_STALE, key);
        follow(call, 5, memlink().markStale(key, lives(this.chance.from(1, 10))),
                (done, failure) -> this.history.ended(call, end(done, failure)));
    }

    /** Sees to it that a call ends in so many request timeouts. */
    private <T> void follow(Call call, int timeouts, CompletableFuture<T> future,
            BiConsumer<@Nullable T, @Nullable Throwable> end) {
        follow(List.of(call), timeouts, future, end);
    }

    private <T> void follow(Iterable<Call> calls, int timeouts, CompletableFuture<T> future,
            BiConsumer<@Nullable T, @Nullable Throwable> end) {
        Call first = calls.iterator().next();
        follow(first, timeouts * this.settings.requestTimeout().toNanos()
                + (first.kind().loads() ? Loaders.LONGEST_NANOS : 0), future, end);
    }

}
