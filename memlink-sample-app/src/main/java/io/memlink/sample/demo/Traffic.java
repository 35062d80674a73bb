package io.memlink.sample.demo;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.memlink.sample.ProductCatalogue;
import io.memlink.sample.ProductRepository;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Visitors of the shop, who look at some products far more often than at others, as long
 * as somebody watches the page. A few times in a second, the database is asked without
 * the cache, for comparison. Safe for use by many threads.
 */
@Component
class Traffic implements DisposableBean {

    /** The products that are looked at are those from 1 to this one. */
    static final int PRODUCTS = 180;

    static final int MAX_PER_SECOND = 1000;

    private static final int DEFAULT_PER_SECOND = 100;

    private static final int TICK_MILLIS = 20;

    private static final int COMPARISON_MILLIS = 500;

    private static final int VISITORS = 6;

    private static final Duration WATCHED_FOR = Duration.ofSeconds(5);

    private final ProductCatalogue catalogue;

    private final ProductRepository database;

    private final History history;

    private final ThreadPoolExecutor visitors = threads(VISITORS, "memlink-demo-visitor-");

    private final ThreadPoolExecutor comparison = threads(1, "memlink-demo-comparison-");

    private final ScheduledExecutorService clock = Executors
        .newSingleThreadScheduledExecutor(threadFactory("memlink-demo-clock-"));

    private volatile int perSecond = DEFAULT_PER_SECOND;

    private volatile long watchedAt = System.nanoTime() - WATCHED_FOR.toNanos();

    /** What is left of the looks of the ticks before, in thousandths. */
    private int rest;

    Traffic(ProductCatalogue catalogue, ProductRepository database, History history) {
        this.catalogue = catalogue;
        this.database = database;
        this.history = history;
        this.clock.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        this.clock.scheduleAtFixedRate(this::compare, COMPARISON_MILLIS, COMPARISON_MILLIS, TimeUnit.MILLISECONDS);
    }

    // What does not fit is left out: visitors who wait too long go away.
    private static ThreadPoolExecutor threads(int count, String name) {
        return new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(2 * count),
                threadFactory(name), new ThreadPoolExecutor.DiscardPolicy());
    }

    private static CustomizableThreadFactory threadFactory(String name) {
        CustomizableThreadFactory factory = new CustomizableThreadFactory(name);
        factory.setDaemon(true);
        return factory;
    }

    int perSecond() {
        return this.perSecond;
    }

    void perSecond(int perSecond) {
        if (perSecond < 0 || perSecond > MAX_PER_SECOND) {
            throw new IllegalArgumentException("perSecond: " + perSecond + " (expected: 0 to " + MAX_PER_SECOND + ")");
        }
        this.perSecond = perSecond;
    }

    /** Somebody looks at the page. */
    void watched() {
        this.watchedAt = System.nanoTime();
    }

    boolean isWatched() {
        return System.nanoTime() - this.watchedAt < WATCHED_FOR.toNanos();
    }

    private boolean isOn() {
        return this.perSecond > 0 && isWatched();
    }

    private void tick() {
        if (!isOn()) {
            return;
        }
        int due = this.rest + this.perSecond * TICK_MILLIS;
        this.rest = due % 1000;
        for (int i = 0; i < due / 1000; i++) {
            this.visitors.execute(this::visit);
        }
    }

    private void visit() {
        int id = product();
        long begun = System.nanoTime();
        try {
            Look look = Look.at(() -> this.catalogue.find(id));
            this.history.look(id, look, System.nanoTime() - begun);
        }
        catch (Exception ex) {
            this.history.failed(id);
        }
    }

    private void compare() {
        if (isOn()) {
            this.comparison.execute(this::ask);
        }
    }

    private void ask() {
        long begun = System.nanoTime();
        try {
            this.database.find(product());
            this.history.asked(System.nanoTime() - begun);
        }
        catch (RuntimeException ex) {
            // The line on the page has a gap, which says it.
        }
    }

    private static int product() {
        double chance = ThreadLocalRandom.current().nextDouble();
        return 1 + (int) (PRODUCTS * chance * chance);
    }

    @Override
    public void destroy() {
        this.clock.shutdownNow();
        this.visitors.shutdownNow();
        this.comparison.shutdownNow();
    }

}
