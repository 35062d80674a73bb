package io.memlink.spring.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.spring.cache.invocation.Invocation;
import io.memlink.spring.cache.invocation.WriteBacklog;
import io.memlink.spring.cache.thread.MethodThreads;
import io.memlink.time.Timers;
import org.springframework.cache.Cache;
import org.springframework.test.util.ReflectionTestUtils;

/**
 * A cache whose time, chance and threads are given.
 */
public final class SimulatedCache {

    private final MemlinkCache cache;

    /** What cannot be reached any more would be noticed when the JVM likes. */
    private final List<MemlinkCache> views = new ArrayList<>();

    /**
     * Makes a cache of bytes.
     * @param executor never has a task wait for others
     */
    public SimulatedCache(String name, MemlinkCacheConfiguration configuration, MemlinkClient client, Executor executor,
            Timers timers) {
        OutageLog outages = new OutageLog(List::of, timers::nanoTime, (task) -> {
        });
        this.cache = new MemlinkCache(name, configuration, new Bytes(),
                new MemlinkCache.Shared(client, new MethodThreads(executor, null, new NoTime()), null, outages,
                        new WriteBacklog(Integer.MAX_VALUE, (write) -> {
                        }), timers));
    }

    /** Returns a view for one operation, as the manager of the cache does. */
    public Cache view() {
        MemlinkCache view = this.cache.view(Invocation.present());
        this.views.add(view);
        return view;
    }

    /**
     * Has changes made that may still be seen nowhere, as the manager of the cache does
     * when it starts and stops.
     */
    public CompletableFuture<Void> confirm() {
        return this.cache.confirm();
    }

    /** Returns whether all know of its changes, other than those that clear. */
    public boolean hasConfirmed() {
        Object generation = field(field(field(this.cache, "parts"), "entries"), "generation");
        return Boolean.TRUE.equals(ReflectionTestUtils.invokeMethod(field(generation, "changes"), "isEmpty"));
    }

    private static Object field(Object of, String name) {
        return Objects.requireNonNull(ReflectionTestUtils.getField(of, name), name);
    }

    /** Evicts an entry, and tells when that has ended. */
    public static CompletableFuture<?> evict(Cache view, Object key) {
        return ((MemlinkCache) view).evicting(key, false);
    }

    /** Clears the cache, and tells when that has ended. */
    public static CompletableFuture<Void> clear(Cache view) {
        return ((MemlinkCache) view).clearing();
    }

    private static final class Bytes implements Transcoder<Object> {

        @Override
        public EncodedValue encode(Object value) {
            return new EncodedValue((byte[]) value, 0);
        }

        @Override
        public Object decode(EncodedValue value) {
            return value.data();
        }

    }

    /** Nobody looks whether the executor is stuck. */
    private static final class NoTime implements Timers {

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void execute(Runnable task) {
            // Never.
        }

        @Override
        public void schedule(Runnable task, long delayNanos) {
            // Never.
        }

    }

}
