package io.memlink.sample.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.memlink.MemlinkClient;
import io.memlink.MemlinkClientBuilder;
import io.memlink.Transcoder;
import io.memlink.placement.Backend;
import io.memlink.spring.boot.autoconfigure.MemlinkConnectionDetails;
import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheConfiguration;
import io.memlink.spring.cache.MemlinkCacheConfigurationBuilder;
import io.memlink.spring.cache.MemlinkCacheManager;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Other applications that share the servers with this one. They run in this process, but
 * each has a client and a cache manager of its own and knows nothing of the others. Made
 * when first needed. Safe for use by many threads.
 */
@Component
class Applications implements DisposableBean {

    static final int COUNT = 4;

    /** Two hundred threads begin at once, on a machine that may have two processors. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private final MemlinkConnectionDetails details;

    private final Transcoder<Object> transcoder;

    private final MemlinkCacheManager own;

    private final List<MemlinkClient> clients = new ArrayList<>();

    Applications(MemlinkConnectionDetails details, Transcoder<Object> transcoder, MemlinkCacheManager own) {
        this.details = details;
        this.transcoder = transcoder;
        this.own = own;
    }

    private synchronized List<MemlinkClient> clients() {
        while (this.clients.size() < COUNT) {
            MemlinkClientBuilder builder = MemlinkClient.builder()
                .requestTimeout(REQUEST_TIMEOUT)
                .backends(this.details.getBackends().toArray(Backend[]::new));
            String username = this.details.getUsername();
            String password = this.details.getPassword();
            if (username != null && password != null) {
                builder.credentials(username, password);
            }
            this.clients.add(builder.build());
        }
        return List.copyOf(this.clients);
    }

    /**
     * Returns a cache as each of the applications has it, for one use.
     * @param name the name of the cache
     * @param change is given the settings of this application's cache
     */
    Caches caches(String name, UnaryOperator<MemlinkCacheConfigurationBuilder> change) {
        MemlinkCache cache = (MemlinkCache) Objects.requireNonNull(this.own.getCache(name));
        MemlinkCacheConfiguration configuration = change.apply(cache.getCacheConfiguration().toBuilder()).build();
        return new Caches(clients().stream()
            .map((client) -> MemlinkCacheManager.builder(client, this.transcoder).cacheDefaults(configuration).build())
            .toList(), name);
    }

    @Override
    public synchronized void destroy() {
        this.clients.forEach(MemlinkClient::close);
    }

    /**
     * A cache of all applications.
     *
     * @param managers the cache managers
     * @param name the name of the cache
     */
    record Caches(List<MemlinkCacheManager> managers, String name) implements AutoCloseable {

        MemlinkCache of(int application) {
            return (MemlinkCache) Objects.requireNonNull(this.managers.get(application).getCache(this.name));
        }

        @Override
        public void close() {
            this.managers.forEach(MemlinkCacheManager::destroy);
        }

    }

}
