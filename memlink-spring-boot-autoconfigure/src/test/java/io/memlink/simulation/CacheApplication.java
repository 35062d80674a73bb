package io.memlink.simulation;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.memlink.spring.cache.SimulatedCache;
import org.springframework.cache.Cache;

/**
 * An application with a cache, which Spring stops before the client and starts after it.
 */
final class CacheApplication implements Application {

    /** How long the manager of the cache waits when it stops. */
    private static final long CONFIRMATION_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final SimulatedClient client;

    private final CacheOptions options;

    private final CacheHistory history;

    private final Chance chance;

    private final HostTimers timers;

    private SimulatedCache cache;

    CacheApplication(SimulatedClient client, CacheOptions options, CacheHistory history, SimulatedTime time,
            Chance chance) {
        this.client = client;
        this.options = options;
        this.history = history;
        this.chance = chance;
        this.timers = new HostTimers(client, time, chance);
        this.cache = newCache();
    }

    private SimulatedCache newCache() {
        return new SimulatedCache(CacheHistory.CACHE, this.options.configuration(), this.client.memlink(),
                (task) -> this.client.after(this.chance.seldomMany(0.01, 20), task), this.timers);
    }

    /** Returns a view for one operation. */
    Cache view() {
        return this.cache.view();
    }

    @Override
    public void stop(Runnable stopped) {
        AtomicBoolean once = new AtomicBoolean();
        Runnable end = () -> {
            if (once.compareAndSet(false, true)) {
                if (this.cache.hasConfirmed()) {
                    this.history.confirmed(this.client.application());
                }
                stopped.run();
            }
        };
        this.client.after(CONFIRMATION_NANOS, end);
        this.cache.confirm().whenComplete((nothing, failure) -> end.run());
    }

    @Override
    public void startAgain() {
        this.cache.confirm();
    }

    @Override
    public void end() {
        // As the manager does when it is destroyed, which changes nothing any more.
        this.cache.confirm();
        boolean told = this.client.memlink().backends().stream().allMatch((backend) -> backend.journalDepth() == 0);
        this.history.ended(this.client.application(), told);
    }

    @Override
    public void beginAnew() {
        this.cache = newCache();
    }

    @Override
    public List<String> leftOvers() {
        int timers = this.timers.pending().get();
        return (timers > 0) ? List.of(timers + " timers of the cache") : List.of();
    }

}
