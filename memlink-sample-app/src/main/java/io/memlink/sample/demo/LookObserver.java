package io.memlink.sample.demo;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.memlink.cluster.RequestObserver;
import io.memlink.meta.Hit;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaRequest;
import io.memlink.placement.Backend;
import io.memlink.sample.demo.Look.Source;
import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheManager;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Notes in the look of the calling thread how its read ended. Safe for use by many
 * threads.
 */
final class LookObserver implements RequestObserver {

    private final ObjectProvider<MemlinkCacheManager> caches;

    LookObserver(ObjectProvider<MemlinkCacheManager> caches) {
        this.caches = caches;
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> observe(Backend owner, MetaRequest<?> request,
            Supplier<CompletableFuture<T>> send) {
        Look look = Look.current();
        String key = request.key().toString();
        // What a cache keeps for itself is no entry.
        if (look == null || !(request instanceof MetaGet) || key.contains(":generation")) {
            return send.get();
        }
        return send.get().whenComplete((reply, failure) -> {
            if (failure != null) {
                look.unreachable(owner.id());
            }
            else {
                look.answered(owner.id(), source(key, reply));
            }
        });
    }

    private Source source(String key, @Nullable Object reply) {
        if (!(reply instanceof Hit hit) || hit.isPlaceholder()) {
            return Source.MISS;
        }
        return (hit.stale() || isPastItsTime(key, hit)) ? Source.STALE : Source.HIT;
    }

    private boolean isPastItsTime(String key, Hit hit) {
        Duration staleFor = staleFor(key);
        if (staleFor.isZero()) {
            return false;
        }
        Duration left = hit.timeToLive();
        return left != null && left.compareTo(staleFor) < 0;
    }

    private Duration staleFor(String key) {
        MemlinkCacheManager manager = this.caches.getIfAvailable();
        if (manager == null) {
            return Duration.ZERO;
        }
        return manager.getCacheNames()
            .stream()
            .filter((name) -> key.contains(name + ":"))
            .map(manager::getCache)
            .filter(MemlinkCache.class::isInstance)
            .map((cache) -> ((MemlinkCache) cache).getCacheConfiguration().staleFor())
            .findFirst()
            .orElse(Duration.ZERO);
    }

}
