package io.memlink.spring.cache;

import java.time.Duration;

import io.memlink.loading.LoadPolicy;
import io.memlink.loading.LoadPolicy.WhenLost;
import org.jspecify.annotations.Nullable;

/**
 * Load policies of the client that follow from the settings of a cache. Safe for use by
 * many threads.
 */
final class LoadPolicies {

    private final CacheSettings settings;

    LoadPolicies(CacheSettings settings) {
        this.settings = settings;
    }

    /** Begins a load of a key. */
    Load load(Object key) {
        return new Load(key);
    }

    /**
     * One load, since the lifetime of an entry depends on the loaded value.
     */
    final class Load {

        private final Object key;

        private volatile @Nullable Object value;

        private Load(Object key) {
            this.key = key;
        }

        /** Remembers what was loaded, and returns it. */
        @Nullable Object loaded(@Nullable Object value) {
            this.value = value;
            return value;
        }

        LoadPolicy policy() {
            EntryLifetimes lifetimes = LoadPolicies.this.settings.lifetimes();
            MemlinkCacheConfiguration settings = lifetimes.configuration();
            LoadPolicy.Builder policy = LoadPolicy.builder()
                .expiration(() -> lifetimes.fresh(this.key, this.value))
                .leaseTime(settings.leaseTimeToLive())
                .whenLost(WhenLost.STALE)
                .staleFor(settings.staleFor())
                .recacheBefore(lifetimes.recacheBefore())
                .staleOnError(settings.serveStaleOnError())
                // The cache sees to loads without the servers.
                .throwOnFailure(true);
            // Without leases, those who came too late do not wait for those of others.
            return policy.maxWait(settings.lease() ? settings.leaseMaxWait() : Duration.ZERO).build();
        }

    }

}
