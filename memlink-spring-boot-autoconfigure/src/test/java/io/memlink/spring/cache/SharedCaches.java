package io.memlink.spring.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.memlink.MemlinkClient;
import io.memlink.spring.JsonTranscoder;
import io.memlink.test.MemcachedProcess;
import org.springframework.cache.Cache;
import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/**
 * An application with some caches on several real servers.
 */
final class SharedCaches implements AutoCloseable {

    static final Duration LAG = Duration.ofMillis(200);

    private final MemlinkClient client;

    private final MemlinkCacheManager manager;

    private final List<Cache> caches = new ArrayList<>();

    /** Makes an application, and waits until it is connected to all servers. */
    SharedCaches(List<MemcachedProcess> servers, String... names) {
        this(Duration.ofMillis(400), servers, names);
    }

    SharedCaches(Duration requestTimeout, List<MemcachedProcess> servers, String... names) {
        this.client = MemlinkClient.builder()
            .backends(servers.stream().map((server) -> "127.0.0.1:" + server.port()).toArray(String[]::new))
            .requestTimeout(requestTimeout)
            .build();
        this.manager = MemlinkCacheManager.builder(this.client, new JsonTranscoder(JsonMapper.shared(), List.of()))
            .cacheDefaults(MemlinkCacheConfiguration.builder().clearLag(LAG).build())
            .build();
        this.manager.afterPropertiesSet();
        for (String name : names) {
            this.caches.add(this.manager.getCache(name));
        }
        awaitUsed(servers.size());
    }

    MemlinkClient client() {
        return this.client;
    }

    MemlinkCacheManager manager() {
        return this.manager;
    }

    List<Cache> caches() {
        return this.caches;
    }

    /**
     * Waits until so many servers are used, as this application sees it. One that stands
     * still is noticed by those who read.
     */
    void awaitUsed(int count) {
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            this.caches.forEach((cache) -> hits(cache, 20));
            return used() == count;
        });
    }

    private long used() {
        return this.client.backends().stream().filter((backend) -> backend.state().name().equals("UP")).count();
    }

    /** Puts all keys, and waits until that is done. */
    void fill(int keys, String value) {
        for (Cache cache : this.caches) {
            // After a read that failed, a put is given up once.
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                for (int i = 0; i < keys; i++) {
                    // A view for each operation, as Spring has it.
                    this.manager.getCache(cache.getName()).put(i, value);
                }
                return hits(cache, keys) == keys;
            });
        }
    }

    /** Returns how many of the keys of a cache are hits. */
    static int hits(Cache cache, int keys) {
        List<CompletableFuture<?>> reads = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            reads.add(cache.retrieve(i));
        }
        int hits = 0;
        for (CompletableFuture<?> read : reads) {
            hits += (read.join() != null) ? 1 : 0;
        }
        return hits;
    }

    /** Waits until what others have cleared is noticed at the latest. */
    void awaitLag() {
        long end = System.nanoTime() + LAG.toNanos();
        await().pollInterval(Duration.ofMillis(20)).until(() -> System.nanoTime() > end);
    }

    @Override
    public void close() {
        this.manager.destroy();
        this.client.close();
    }

}
