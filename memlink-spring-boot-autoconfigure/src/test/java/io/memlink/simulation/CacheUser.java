package io.memlink.simulation;

import java.util.concurrent.CompletableFuture;

import io.memlink.cluster.Invalidation;
import io.memlink.simulation.Call.Kind;
import io.memlink.simulation.WrittenValue.Condition;
import io.memlink.spring.cache.SimulatedCache;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;

/**
 * Somebody who calls methods whose results are cached, and others that change what those
 * return, with what the annotations of such methods make of the cache.
 */
final class CacheUser extends User {

    /**
     * How many request timeouts a call may take: each may have to ask for the generation.
     */
    private static final int TIMEOUTS = 24;

    private final SimulatedCache cache;

    private final Settings settings;

    private final CacheOptions options;

    private final Chance chance;

    private final CacheHistory history;

    private final Loaders loaders;

    /** The key that was used last, which is the one where it matters what came before. */
    private String latest = "e1";

    CacheUser(SimulatedClient client, SimulatedCache cache, SimulatedTime time, Chance chance, Settings settings,
            CacheOptions options, CacheHistory history) {
        super(client, time, chance, settings, history);
        this.cache = cache;
        this.chance = chance;
        this.settings = settings;
        this.options = options;
        this.history = history;
        this.loaders = new Loaders(time, chance,
                (key) -> history.newValue(key, client.number(), Condition.LEASE, chance.from(0, 100)));
    }

    @Override
    void callOne() {
        if (this.chance.hits(0.7)) {
            if (this.chance.hits(0.5)) {
                load(key());
            }
            else {
                getAndPut(key());
            }
        }
        else if (this.chance.hits(this.options.clears())) {
            clear();
        }
        else if (this.chance.hits(0.4)) {
            put(use("p" + client().number() + "." + this.chance.from(1, this.settings.keys())));
        }
        else {
            evict(use("e" + this.chance.from(1, this.settings.keys())));
        }
    }

    private String key() {
        if (this.chance.hits(0.4)) {
            return this.latest;
        }
        int number = this.chance.from(1, this.settings.keys());
        // Who puts is the only one who changes the row, or others might put in another
        // order than they have changed it in.
        return use(this.chance.hits(0.5) ? "e" + number
                : "p" + this.chance.from(0, this.settings.clients() - 1) + "." + number);
    }

    private String use(String key) {
        this.latest = key;
        return key;
    }

    private void load(String key) {
        Call call = this.history.begin(client().number(), Kind.LOAD, key);
        CompletableFuture<byte[]> loading = this.cache.view()
            .retrieve(key, () -> this.loaders.of(key).get().toCompletableFuture());
        follow(call, bound(), loading, (data, failure) -> this.history.read(call, data));
    }

    /** Reads, and puts what the method returns if there is nothing. */
    private void getAndPut(String key) {
        Call call = this.history.begin(client().number(), Kind.GET, key);
        Cache view = this.cache.view();
        boolean fails = this.chance.hits(0.1);
        CompletableFuture<?> reading = view.retrieve(key);
        follow(call, bound(), reading, (found, failure) -> {
            this.history.read(call, data(found));
            if (found == null && failure == null && !fails) {
                this.loaders.of(key).get().thenAccept((value) -> view.put(key, value));
            }
        });
    }

    static byte @Nullable [] data(@Nullable Object found) {
        return (found instanceof Cache.ValueWrapper wrapper) ? (byte[]) wrapper.get() : null;
    }

    private void evict(String key) {
        this.history.change(key);
        Call call = this.history.beginEviction(client().number(), key);
        follow(call, bound(), SimulatedCache.evict(this.cache.view(), key),
                (done, failure) -> this.history.endEviction(call, isDone(done)));
    }

    static boolean isDone(@Nullable Object done) {
        return done != null && done != Invalidation.JOURNALLED;
    }

    private void put(String key) {
        this.history.change(key);
        if (this.chance.hits(0.3)) {
            Call call = this.history.beginEviction(client().number(), key);
            follow(call, bound(), SimulatedCache.evict(this.cache.view(), key),
                    (done, failure) -> this.history.endEviction(call, isDone(done)));
            return;
        }
        WrittenValue value = this.history.newValue(key, client().number(), Condition.NONE, this.chance.from(0, 100));
        Call call = this.history.beginPut(client().number(), key, value);
        this.cache.view().put(key, value.encode());
        // Nobody waits for a put.
        follow(call, 0, CompletableFuture.completedFuture(null), (nothing, failure) -> call.end());
    }

    private void clear() {
        Call call = this.history.beginClear(client().number());
        follow(call, bound(), SimulatedCache.clear(this.cache.view()),
                (nothing, failure) -> this.history.endClear(call, failure == null));
    }

    private long bound() {
        return TIMEOUTS * this.settings.requestTimeout().toNanos() + Loaders.LONGEST_NANOS;
    }

}
