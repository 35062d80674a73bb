package io.memlink.sample.demo;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheManager;
import io.memlink.spring.cache.MemlinkCacheStatistics;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Takes a sample each second, and asks the servers how full they are while somebody
 * watches the page. Safe for use by many threads.
 */
@Component
@EnableScheduling
class Measurements {

    private final History history;

    private final Database database;

    private final Traffic traffic;

    private final MemlinkClient client;

    private final MemlinkCacheManager caches;

    private final Map<String, Memory> memory = new ConcurrentHashMap<>();

    private final Map<String, RecentEvictions> evictions = new ConcurrentHashMap<>();

    Measurements(History history, Database database, Traffic traffic, MemlinkClient client,
            MemlinkCacheManager caches) {
        this.history = history;
        this.database = database;
        this.traffic = traffic;
        this.client = client;
        this.caches = caches;
    }

    @Scheduled(fixedRate = 1000)
    void second() {
        this.history.endSecond(this::counters);
        if (this.traffic.isWatched()) {
            this.client.backends().forEach(this::measure);
        }
        else {
            this.client.backends().forEach((backend) -> forget(backend.address().id()));
        }
    }

    private void measure(BackendStatus backend) {
        String id = backend.address().id();
        if (backend.state() == State.UP) {
            ask(id);
        }
        else {
            forget(id);
        }
    }

    private void forget(String backend) {
        this.memory.remove(backend);
        this.evictions.remove(backend);
    }

    private void ask(String backend) {
        this.client.membership().statistics(backend).whenComplete((statistics, failure) -> {
            if (failure != null) {
                forget(backend);
            }
            else {
                this.memory.compute(backend, (id, before) -> Memory.of(statistics,
                        this.evictions.computeIfAbsent(id, (unknown) -> new RecentEvictions())));
            }
        });
    }

    /** Returns when each backend came to the state that it is in. */
    Map<String, Instant> states() {
        return this.client.backends()
            .stream()
            .collect(Collectors.toMap((backend) -> backend.address().id(), BackendStatus::since));
    }

    /** Returns how full the servers are that answer. */
    Map<String, Memory> memory() {
        return Map.copyOf(this.memory);
    }

    Counters counters() {
        Counters queries = new Counters(0, 0, 0, 0, 0, 0, this.database.asked());
        return this.caches.getCacheNames()
            .stream()
            .map(this.caches::getCache)
            .map(Objects::requireNonNull)
            .map((cache) -> counters(((MemlinkCache) cache).getStatistics()))
            .reduce(queries, Counters::plus);
    }

    private static Counters counters(MemlinkCacheStatistics statistics) {
        return new Counters(statistics.get(Count.HITS), statistics.get(Count.MISSES), statistics.get(Count.STALE_HITS),
                statistics.get(Count.PUTS), statistics.get(Count.EVICTIONS), statistics.get(Count.FAILURES), 0);
    }

    /**
     * The memory of a server.
     *
     * @param bytes what its items take
     * @param limit what they may take
     * @param items how many there are
     * @param evictions how many had to make room for others
     * @param recentEvictions how many of them did of late, which tells that it is full
     */
    record Memory(long bytes, long limit, long items, long evictions, long recentEvictions) {

        static Memory of(Map<String, String> statistics, RecentEvictions recent) {
            long evictions = number(statistics, "evictions");
            return new Memory(number(statistics, "bytes"), number(statistics, "limit_maxbytes"),
                    number(statistics, "curr_items"), evictions, recent.counted(evictions));
        }

        private static long number(Map<String, String> statistics, String name) {
            return Long.parseLong(statistics.getOrDefault(name, "0"));
        }

    }

}
