package io.memlink.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaRequest;
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

    private final CachedMethods methods;

    private final SteppedThreads threads;

    /** Who may do something at any moment, as other threads do. */
    private final List<CacheUser> users = new ArrayList<>();

    /** Who decides whether they do. */
    private final Chance interruptions;

    private SimulatedCache cache;

    /** Whether something is going on that nobody else comes between. */
    private boolean uninterrupted;

    CacheApplication(SimulatedClient client, CacheOptions options, CacheHistory history, SimulatedTime time,
            Chance chance, Chance interruptions) {
        this.client = client;
        this.options = options;
        this.history = history;
        this.chance = chance;
        this.timers = new HostTimers(client, time, chance);
        this.interruptions = interruptions;
        this.threads = new SteppedThreads(client, interruptions);
        this.methods = CachedMethods.of(CacheHistory.CACHE, this::view);
        this.cache = newCache();
    }

    private SimulatedCache newCache() {
        return new SimulatedCache(CacheHistory.CACHE, this.options.configuration(),
                SteppedThreads.waiting(this.client.memlink()),
                (task) -> this.client.after(this.chance.seldomMany(0.01, 20), task), this.timers);
    }

    /** Returns a view for one operation. */
    Cache view() {
        return this.cache.view();
    }

    /** Returns the methods whose results are cached. */
    CachedMethods methods() {
        return this.methods;
    }

    /**
     * Has a thread of this application do something.
     * @param end told when it has
     */
    void inThread(Runnable task, Runnable end) {
        this.threads.run(task, end);
    }

    void isUsedBy(CacheUser user) {
        this.users.add(user);
    }

    void isLeftAlone() {
        this.users.clear();
    }

    /** Changes something: others see that only once it was called. */
    <T> T changing(Supplier<T> change) {
        boolean before = this.uninterrupted;
        this.uninterrupted = true;
        try {
            return change.get();
        }
        finally {
            this.uninterrupted = before;
        }
    }

    /**
     * Others go on before a delete leaves that was called earlier, or that nobody has
     * called, as it makes a change again. They must not find what it deletes.
     */
    @Override
    public void sends(MetaRequest<?> request) {
        if (!(request instanceof MetaDelete) || this.uninterrupted || this.users.isEmpty() || SteppedThreads.isCurrent()
                || this.options.interruptions() == 0) {
            return;
        }
        if (this.interruptions.hits(this.options.interruptions())) {
            String item = new String(request.key().routingBytes(), StandardCharsets.UTF_8);
            changing(() -> this.interruptions.pick(this.users).readsMeanwhile(CacheHistory.key(item)));
        }
    }

    void endThreads() {
        this.threads.end();
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
