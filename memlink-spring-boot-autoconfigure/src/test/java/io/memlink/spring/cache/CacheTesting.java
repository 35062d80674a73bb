package io.memlink.spring.cache;

import java.time.Duration;
import java.util.List;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.meta.Expiration;
import io.memlink.spring.JsonTranscoder;
import io.memlink.spring.cache.key.EntryNames;
import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/**
 * An application with one cache, as tests need it.
 */
final class CacheTesting implements AutoCloseable {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(1);

    private final MemlinkClient client;

    private final MemlinkCacheManager manager;

    private CacheTesting(int port, MemlinkCacheConfiguration configuration) {
        this.client = MemlinkClient.builder().backends("127.0.0.1:" + port).requestTimeout(REQUEST_TIMEOUT).build();
        this.manager = MemlinkCacheManager.builder(this.client, new JsonTranscoder(JsonMapper.shared(), List.of()))
            .cacheDefaults(configuration)
            .build();
        this.manager.afterPropertiesSet();
    }

    /** Makes an application, and waits until it is connected. */
    static CacheTesting of(EmbeddedMemcached server, MemlinkCacheConfigurationBuilder configuration) {
        CacheTesting testing = new CacheTesting(server.port(), configuration.build());
        testing.client.blocking().get("connected");
        return testing;
    }

    MemlinkCacheManager manager() {
        return this.manager;
    }

    MemlinkClient client() {
        return this.client;
    }

    /** Returns the cache, whose generation is known. */
    MemlinkCache cache() {
        MemlinkCache cache = (MemlinkCache) this.manager.getCache("things");
        cache.get("nothing");
        return cache;
    }

    /** Waits until all that was sent so far is answered, and what followed from that. */
    void settle() {
        for (int i = 0; i < 2; i++) {
            this.client.blocking().get("settled");
            // Soon, since what others know is only true for a while.
            await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> this.client.backends().stream().allMatch((backend) -> backend.pendingBytes() == 0));
        }
    }

    /** Returns how the item of a key is called. */
    String item(String key) {
        EntryNames names = new EntryNames("", "things");
        long generation = this.client.blocking().increment(names.generation(), 0, 0, Expiration.never());
        return names.entry(Long.toUnsignedString(generation, Character.MAX_RADIX), "s" + key);
    }

    @Override
    public void close() {
        this.manager.destroy();
        this.client.close();
    }

}
