package io.memlink.sample.demo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.memlink.sample.Product;
import io.memlink.sample.ProductCatalogue;
import io.memlink.sample.ProductRepository;
import io.memlink.spring.cache.MemlinkCache;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Many callers, in several applications, who want the same product at the same moment,
 * and nobody has it cached. Safe for use by many threads.
 */
@Component
class Stampede {

    static final int CALLERS = 200;

    /** What a database takes that has a lot to do. */
    private static final Duration QUERY = Duration.ofMillis(400);

    private static final String CACHE = ProductCatalogue.PRODUCTS;

    private final Applications applications;

    private final ProductRepository database;

    private final AtomicLong runs = new AtomicLong(System.currentTimeMillis());

    Stampede(Applications applications, ProductRepository database) {
        this.applications = applications;
        this.database = database;
    }

    Result run(Protection protection) throws InterruptedException, ExecutionException {
        // A key that nobody has ever put.
        String key = "stampede-" + this.runs.incrementAndGet();
        AtomicInteger queries = new AtomicInteger();
        CountDownLatch ready = new CountDownLatch(CALLERS);
        CountDownLatch looked = new CountDownLatch(CALLERS);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS,
                new CustomizableThreadFactory("memlink-demo-caller-"));
        try (Applications.Caches caches = this.applications.caches(CACHE,
                (settings) -> settings.timeToLive(Duration.ofSeconds(10)))) {
            // Connected, and aware of the generation, as applications are that run.
            IntStream.range(0, Applications.COUNT).forEach((application) -> caches.of(application).get("warm"));
            long begun = System.nanoTime();
            List<Future<?>> answers = IntStream.range(0, CALLERS).<Future<?>>mapToObj((caller) -> callers.submit(() -> {
                ready.countDown();
                ready.await();
                return ask(caches.of(caller % Applications.COUNT), key, protection, looked, () -> query(queries));
            })).toList();
            for (Future<?> answer : answers) {
                answer.get();
            }
            return new Result(CALLERS, Applications.COUNT, queries.get(),
                    Duration.ofNanos(System.nanoTime() - begun).toMillis());
        }
        finally {
            callers.shutdownNow();
        }
    }

    private static @Nullable Object ask(MemlinkCache cache, String key, Protection protection, CountDownLatch looked,
            Callable<@Nullable Product> query) throws Exception {
        if (protection == Protection.LEASE) {
            // As @Cacheable(sync = true) does.
            return cache.get(key, query);
        }
        // As @Cacheable does.
        Cache.ValueWrapper cached = cache.get(key);
        if (cached != null) {
            return cached.get();
        }
        // All look before the first has its answer, on slow machines too.
        looked.countDown();
        looked.await(QUERY.toMillis(), TimeUnit.MILLISECONDS);
        Product found = query.call();
        cache.put(key, found);
        return found;
    }

    private @Nullable Product query(AtomicInteger queries) throws InterruptedException {
        queries.incrementAndGet();
        Thread.sleep(QUERY.toMillis());
        return this.database.find(1);
    }

    /** A protection that keeps callers from loading all at once. */
    enum Protection {

        /** A lease: one caller of all applications loads. {@code sync = true} */
        LEASE,

        /** Nothing: {@code @Cacheable} without {@code sync}. */
        NONE

    }

    /**
     * The result, once it has ended.
     *
     * @param callers how many there were
     * @param applications in how many applications
     * @param queries how often the database was asked
     * @param millis how long it took until all had their answer
     */
    record Result(int callers, int applications, int queries, long millis) {

    }

}
