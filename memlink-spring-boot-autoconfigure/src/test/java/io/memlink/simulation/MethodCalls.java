package io.memlink.simulation;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.memlink.simulation.Call.Kind;
import io.memlink.simulation.WrittenValue.Condition;
import org.springframework.cache.Cache;

/**
 * What one thread does with cached methods: one after the other, and one within the
 * other, often with the same key. Some fail between a miss and the put.
 */
final class MethodCalls {

    /** How many methods are called in all. */
    static final int MOST = 6;

    private static final int MOST_DEPTH = 3;

    private static final double LONGEST_MILLIS = 200;

    private final SimulatedClient client;

    private final CacheApplication application;

    private final Chance chance;

    private final Settings settings;

    private final CacheOptions options;

    private final CacheHistory history;

    private int left = MOST;

    /** Whether the method is one whose put must not follow what it reads itself. */
    private boolean puts;

    MethodCalls(SimulatedClient client, CacheApplication application, Chance chance, Settings settings,
            CacheOptions options, CacheHistory history) {
        this.client = client;
        this.application = application;
        this.chance = chance;
        this.settings = settings;
        this.options = options;
        this.history = history;
    }

    /** Calls some methods, the first of which mostly has a key. */
    void callSome(String key) {
        callOne(key, 0);
        while (this.chance.hits(0.3)) {
            callOne(key, 0);
        }
    }

    /** As other methods do that are called meanwhile. */
    private void callOthers(String key, int depth) {
        while (depth < MOST_DEPTH && this.chance.hits(0.4)) {
            callOne(key, depth + 1);
        }
    }

    private void callOne(String usual, int depth) {
        if (this.left == 0) {
            return;
        }
        this.left--;
        String key = this.chance.hits(0.8) ? usual : "e" + this.chance.from(1, this.settings.keys());
        try {
            if (this.chance.hits(0.5)) {
                read(key, depth);
            }
            else if (!this.puts && this.chance.hits(0.2)) {
                getAndPut(key, depth);
            }
            else if (this.chance.hits(this.options.clears())) {
                clear(depth);
            }
            else if (key.startsWith("p" + this.client.application() + ".")) {
                put(key, depth);
            }
            else if (key.startsWith("e")) {
                evict(key, depth);
            }
            else {
                read(key, depth);
            }
        }
        catch (SabotageException ex) {
            // The method that has called this one goes on.
        }
    }

    private void read(String key, int depth) {
        Call call = this.history.begin(this.client.application(), Kind.GET, key);
        try {
            byte[] data = this.application.methods().read(key, () -> {
                this.history.read(call, null);
                return within(false, () -> load(key, depth));
            });
            if (!call.hasEnded()) {
                this.history.read(call, data);
            }
        }
        finally {
            call.end();
        }
    }

    /** Without annotations. */
    private void getAndPut(String key, int depth) {
        Call call = this.history.begin(this.client.application(), Kind.GET, key);
        try {
            Cache view = this.application.view();
            Cache.ValueWrapper found = view.get(key);
            this.history.read(call, CacheUser.data(found));
            if (found == null) {
                view.put(key, load(key, depth));
            }
        }
        finally {
            call.end();
        }
    }

    private byte[] load(String key, int depth) {
        callOthers(key, depth);
        byte[] row = this.history.newValue(key, this.client.application(), Condition.LEASE, this.chance.from(0, 100))
            .encode();
        work();
        callOthers(key, depth);
        return row;
    }

    private void put(String key, int depth) {
        this.application.methods().put(key, () -> within(true, () -> {
            callOthers(key, depth);
            work();
            // From here on nobody comes between.
            this.history.change(key);
            WrittenValue value = this.history.newValue(key, this.client.application(), Condition.NONE,
                    this.chance.from(0, 100));
            this.history.beginPut(this.client.application(), key, value).end();
            return value.encode();
        }));
    }

    private byte[] within(boolean puts, Supplier<byte[]> method) {
        boolean before = this.puts;
        this.puts = puts;
        try {
            return method.get();
        }
        finally {
            this.puts = before;
        }
    }

    private void evict(String key, int depth) {
        this.application.methods().evict(key, () -> {
            callOthers(key, depth);
            work();
            this.history.change(key);
            this.history.beginEviction(this.client.application(), key).end();
        });
    }

    private void clear(int depth) {
        this.application.methods().clear(() -> {
            callOthers("e1", depth);
            work();
            this.history.beginClear(this.client.application()).end();
        });
    }

    /** Takes its time, and fails now and then. */
    private void work() {
        if (this.chance.hits(0.7)) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            this.client.after(this.chance.seldomMany(0.1, LONGEST_MILLIS), () -> done.complete(null));
            SteppedThreads.await(done);
        }
        if (this.chance.hits(0.1)) {
            throw new SabotageException();
        }
    }

    private static final class SabotageException extends RuntimeException {

        private static final long serialVersionUID = 1;

    }

}
