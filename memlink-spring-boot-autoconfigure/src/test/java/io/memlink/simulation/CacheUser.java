package io.memlink.simulation;

import java.util.List;
import java.util.Set;
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

    private final CacheApplication application;

    private final Settings settings;

    private final CacheOptions options;

    private final Chance chance;

    private final CacheHistory history;

    /** All there are. */
    private final Set<SimulatedClient> clients;

    private final Loaders loaders;

    /** The key that was used last, which is the one where it matters what came before. */
    private String latest = "e1";

    CacheUser(SimulatedClient client, CacheApplication application, SimulatedTime time, Chance chance,
            Settings settings, CacheOptions options, CacheHistory history, Set<SimulatedClient> clients) {
        super(client, time, chance, settings, history);
        this.application = application;
        this.chance = chance;
        this.settings = settings;
        this.options = options;
        this.clients = clients;
        this.history = history;
        this.loaders = new Loaders(time, chance,
                (key) -> history.newValue(key, client.application(), Condition.LEASE, chance.from(0, 100)));
    }

    @Override
    void callOne() {
        if (this.options.methods() > 0 && this.chance.hits(this.options.methods())) {
            callMethods();
        }
        else if (isCalm() && this.chance.hits(this.options.bursts())) {
            burst();
        }
        else if (this.chance.hits(0.7)) {
            read();
        }
        else if (this.chance.hits(this.options.clears())) {
            clear();
        }
        else {
            change();
        }
    }

    /** In a thread that waits for each method that it calls. */
    private void callMethods() {
        Call call = this.history.begin(client().application(), Kind.METHOD, "many");
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        follow(call, MethodCalls.MOST * bound(), done, (nothing, failure) -> call.end());
        MethodCalls calls = new MethodCalls(client(), this.application, this.chance, this.settings, this.options,
                this.history);
        client().after(0, () -> this.application.inThread(() -> calls.callSome(key()), () -> done.complete(true)));
    }

    /** Reads what is about to be asked for, or changed; returns whether it does. */
    boolean readsMeanwhile(String key) {
        boolean reads = isCalm();
        if (reads) {
            alsoCalls();
            read(this.chance.hits(0.5), key);
        }
        return reads;
    }

    /** Many at once, as those of several threads, or in a loop that waits for nothing. */
    private void burst() {
        double reads = this.chance.pick(List.of(0.0, 0.3, 0.6));
        int most = this.chance.pick(List.of(0, 0, 5, 50));
        for (int left = this.chance.from(2, this.options.burstSize()); left > 1; left--) {
            alsoCalls();
            client().after(this.chance.millis(0, most), () -> callOne(reads));
        }
        callOne(reads);
    }

    private void callOne(double reads) {
        if (this.chance.hits(reads)) {
            read();
        }
        else if (this.chance.hits(this.options.burstClears())) {
            clear();
        }
        else {
            change();
        }
    }

    private void read() {
        boolean loads = this.chance.hits(0.5);
        read(loads, key());
    }

    private void read(boolean loads, String key) {
        if (loads) {
            load(key);
        }
        else {
            getAndPut(key);
        }
    }

    private void change() {
        if (this.chance.hits(0.4)) {
            put(own());
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
        return use(this.chance.hits(0.5) ? "e" + number : "p" + someApplication() + "." + number);
    }

    /**
     * Returns the key of a row that only this application changes, often of the last one.
     */
    private String own() {
        String own = "p" + client().application() + ".";
        return (this.latest.startsWith(own) && this.chance.hits(0.5)) ? this.latest
                : use(own + this.chance.from(1, this.settings.keys()));
    }

    /** Mostly one that is there, as what others have put changes no more. */
    private int someApplication() {
        SimulatedClient client = this.chance.pick(List.copyOf(this.clients));
        return this.chance.hits(0.9) ? client.application() : this.chance.pick(client.applications());
    }

    private String use(String key) {
        this.latest = key;
        return key;
    }

    private void load(String key) {
        Call call = this.history.begin(client().application(), Kind.LOAD, key);
        CompletableFuture<byte[]> loading = this.application.view()
            .retrieve(key, () -> this.loaders.of(key).get().toCompletableFuture());
        follow(call, bound(), loading, (data, failure) -> this.history.read(call, data));
    }

    /** Reads, and puts what the method returns if there is nothing. */
    private void getAndPut(String key) {
        Call call = this.history.begin(client().application(), Kind.GET, key);
        Cache view = this.application.view();
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
        Call call = this.history.beginEviction(client().application(), key);
        follow(call, bound(), this.application.changing(() -> SimulatedCache.evict(this.application.view(), key)),
                (done, failure) -> this.history.endEviction(call, isDone(done)));
    }

    static boolean isDone(@Nullable Object done) {
        return done != null && done != Invalidation.JOURNALLED;
    }

    private void put(String key) {
        this.history.change(key);
        if (this.chance.hits(0.3)) {
            Call call = this.history.beginEviction(client().application(), key);
            follow(call, bound(), this.application.changing(() -> SimulatedCache.evict(this.application.view(), key)),
                    (done, failure) -> this.history.endEviction(call, isDone(done)));
            return;
        }
        WrittenValue value = this.history.newValue(key, client().application(), Condition.NONE,
                this.chance.from(0, 100));
        Call call = this.history.beginPut(client().application(), key, value);
        this.application.changing(() -> {
            this.application.view().put(key, value.encode());
            return value;
        });
        // Nobody waits for a put.
        follow(call, 0, CompletableFuture.completedFuture(null), (nothing, failure) -> call.end());
    }

    /** Where a method has changed rows that nobody evicts. */
    private void clear() {
        if (this.chance.hits(0.5)) {
            this.history.change(this.chance.hits(0.5) ? own() : "e" + this.chance.from(1, this.settings.keys()));
        }
        Call call = this.history.beginClear(client().application());
        follow(call, bound(), this.application.changing(() -> SimulatedCache.clear(this.application.view())),
                (nothing, failure) -> this.history.endClear(call, failure == null));
    }

    private long bound() {
        return TIMEOUTS * this.settings.requestTimeout().toNanos() + Loaders.LONGEST_NANOS;
    }

}
