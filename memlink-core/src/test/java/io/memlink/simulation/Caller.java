package io.memlink.simulation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

/** Somebody who calls one operation of a client after the other, on few keys. */
final class Caller {

    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final SimulatedClient client;

    private final SimulatedTime time;

    private final Chance chance;

    private final Settings settings;

    private final History history;

    private final Loaders loaders;

    private boolean stopped;

    /** What was read with a token, to be replaced. */
    private @Nullable Seen seen;

    private record Seen(String key, long token, WrittenValue value) {
    }

    Caller(SimulatedClient client, SimulatedTime time, Chance chance, Settings settings, History history) {
        this.client = client;
        this.time = time;
        this.chance = chance;
        this.settings = settings;
        this.history = history;
        this.loaders = new Loaders(time, chance, history, client.number());
    }

    void begin() {
        this.time.after(this.chance.millis(0, this.settings.thinkMillis()), this::callIfAwake);
    }

    void stop() {
        this.stopped = true;
    }

    private void callIfAwake() {
        if (this.client.isPaused()) {
            this.time.after(this.chance.millis(1, 50), this::callIfAwake);
        }
        else if (!this.stopped) {
            call();
        }
    }

    private void next() {
        if (!this.stopped) {
            if (this.chance.hits(0.1)) {
                // In a callback of the call before.
                call();
            }
            else {
                begin();
            }
        }
    }

    private MemlinkClient memlink() {
        return this.client.memlink();
    }

    private String key() {
        return "k" + this.chance.from(1, this.settings.keys());
    }

    private int length() {
        boolean large = this.settings.largeValues() && this.chance.hits(0.05);
        return large ? this.chance.from(10_000, 200_000) : this.chance.from(0, 100);
    }

    private Expiration expiration() {
        return this.chance.hits(0.7) ? Expiration.never()
                : Expiration.after(Duration.ofSeconds(this.chance.from(1, 30)));
    }

    private void call() {
        switch (this.chance.from(0, 24)) {
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
            case 21, 22, 23 -> load("l" + this.chance.from(1, this.settings.keys()));
            default -> invalidate("l" + this.chance.from(1, this.settings.keys()), Kind.EVICT);
        }
    }

    private void get(String key) {
        Call call = this.history.begin(this.client.number(), Kind.GET, key);
        follow(call, 2, memlink().get(key), (value, failure) -> this.history.read(call, value, true));
    }

    private void getItem(String key) {
        Call call = this.history.begin(this.client.number(), Kind.GET_ITEM, key);
        follow(call, 2, memlink().getItem(key), (item, failure) -> {
            this.history.read(call, (item != null) ? item.value() : null, true);
            this.seen = (item != null) ? seen(key, item) : null;
        });
    }

    private @Nullable Seen seen(String key, Item<byte[]> item) {
        WrittenValue value = this.history.value(item.value());
        return (value != null) ? new Seen(key, item.casToken(), value) : null;
    }

    private void getAll() {
        Map<String, Call> calls = new LinkedHashMap<>();
        for (int i = this.chance.from(1, 8); i > 0; i--) {
            String key = key();
            calls.computeIfAbsent(key, (absent) -> this.history.begin(this.client.number(), Kind.GET_ALL, key));
        }
        follow(calls.values(), 5, memlink().getAll(calls.keySet()), (result, failure) -> calls
            .forEach((key, call) -> this.history.read(call, (result != null) ? result.hits().get(key) : null, true)));
    }

    private void set(String key) {
        WrittenValue value = this.history.newValue(key, this.client.number(), Condition.NONE, length(), null);
        Call call = this.history.begin(this.client.number(), Kind.SET, key).storing(value);
        follow(call, 2, memlink().set(key, value.encode(), expiration()),
                (nothing, failure) -> this.history.ended(call, (failure == null) ? End.DONE : End.of(failure)));
    }

    private void setAll() {
        Map<String, Call> calls = new LinkedHashMap<>();
        Map<String, byte[]> values = new LinkedHashMap<>();
        for (int i = this.chance.from(1, 6); i > 0; i--) {
            String key = key();
            if (!calls.containsKey(key)) {
                WrittenValue value = this.history.newValue(key, this.client.number(), Condition.NONE, length(), null)
                    .repeatable();
                calls.put(key, this.history.begin(this.client.number(), Kind.SET_ALL, key).storing(value));
                values.put(key, value.encode());
            }
        }
        follow(calls.values(), 5, memlink().setAll(values, expiration()),
                (result, failure) -> calls
                    .forEach((key, call) -> this.history.ended(call, (result == null) ? End.of(failure)
                            : result.done().contains(key) ? End.DONE : End.of(result.failures().get(key)))));
    }

    private void conditional(Kind kind, Condition condition, String key) {
        WrittenValue value = this.history.newValue(key, this.client.number(), condition, length(), null);
        Call call = this.history.begin(this.client.number(), kind, key).storing(value);
        follow(call, 5,
                (kind == Kind.ADD) ? memlink().add(key, value.encode(), expiration())
                        : memlink().replace(key, value.encode(), expiration()),
                (done, failure) -> this.history.ended(call, end(done, failure)));
    }

    private void compareAndSet() {
        Seen seen = this.seen;
        if (seen == null) {
            getItem(key());
            return;
        }
        WrittenValue value = this.history.newValue(seen.key, this.client.number(), Condition.TOKEN, length(),
                seen.value);
        Call call = this.history.begin(this.client.number(), Kind.COMPARE_AND_SET, seen.key).storing(value);
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
        Call call = this.history.begin(this.client.number(), Kind.DELETE, key);
        follow(call, 2, memlink().delete(key), (done, failure) -> this.history.ended(call, end(done, failure)));
    }

    private void touch(String key) {
        Call call = this.history.begin(this.client.number(), Kind.TOUCH, key);
        follow(call, 5, memlink().touch(key, expiration()),
                (done, failure) -> this.history.ended(call, end(done, failure)));
    }

    private void invalidate(String key, Kind kind) {
        if (kind == Kind.EVICT) {
            this.history.change(key);
        }
        Call call = this.history.begin(this.client.number(), kind, key).evicting(this.history.version(key));
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
        Call call = this.history.begin(this.client.number(), Kind.LOAD, key);
        follow(call, 12, memlink().getOrLoad(key, this.loaders.of(key), Loaders.POLICY),
                (loaded, failure) -> this.history.read(call, (loaded != null) ? loaded.value() : null,
                        loaded != null && loaded.failure() == null));
    }

    // All calls

    private <T> void follow(Call call, int timeouts, CompletableFuture<T> future,
            BiConsumer<@Nullable T, @Nullable Throwable> end) {
        follow(List.of(call), timeouts, future, end);
    }

    /** Sees to it that a call ends in time, once, and goes on then. */
    private <T> void follow(Iterable<Call> calls, int timeouts, CompletableFuture<T> future,
            BiConsumer<@Nullable T, @Nullable Throwable> end) {
        Call first = calls.iterator().next();
        boolean cancels = this.chance.hits(0.03);
        boolean throwsUp = this.chance.hits(0.05);
        future.whenComplete((result, failure) -> {
            if (first.hasEnded()) {
                this.history.broken(first + ": has ended twice");
            }
            end.accept(result, failure);
            next();
            if (throwsUp) {
                throw new IllegalStateException("sabotage");
            }
        });
        if (!future.isDone()) {
            watch(first, timeouts * this.settings.requestTimeout().toNanos() + SLACK_NANOS
                    + ((first.kind() == Kind.LOAD) ? Loaders.LONGEST_NANOS : 0));
            if (cancels) {
                this.time.after(this.chance.millis(0, this.settings.requestTimeout().toMillis()),
                        () -> future.cancel(true));
            }
        }
    }

    private void watch(Call call, long boundNanos) {
        long paused = this.client.pausedNanos();
        this.time.after(boundNanos, () -> {
            long pausedSince = this.client.pausedNanos() - paused;
            if (call.hasEnded()) {
                return;
            }
            if (this.client.isPaused() || pausedSince > 0) {
                // What it has stood still does not count.
                watch(call, Math.max(pausedSince, SLACK_NANOS));
            }
            else {
                this.history.broken(call + ": has not ended within " + boundNanos / 1_000_000 + " ms");
            }
        });
    }

}
