package io.memlink.spring.boot.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.spring.boot.autoconfigure.cache.CacheTarget;
import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheManager;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Health indicator that reports what the client knows of its backends, without asking
 * them. If some keys belong to backends that are not usable, the details say
 * {@code degraded}; the status does if they all do, or a cache cannot be used. Down only
 * if their share is larger than the application wants. Caches that cannot be used are
 * named, and the share of the reads that missed of late is told. Servers whose version
 * has known holes are as healthy as others, but the details name the holes, and the log
 * does once.
 */
final class MemlinkHealthIndicator extends AbstractHealthIndicator implements HealthIndicator {

    private static final Logger logger = LoggerFactory.getLogger(MemlinkHealthIndicator.class);

    /**
     * Known to no aggregation of Spring Boot, so that the whole application stays up.
     */
    static final Status DEGRADED = new Status("DEGRADED");

    /**
     * Shares are measured, and those of all backends may add up to a little less than 1.
     */
    private static final double TOLERANCE = 1e-9;

    private final MemlinkClient client;

    private final MemlinkHealthProperties properties;

    private final ObjectProvider<MemlinkCacheManager> cacheManagers;

    private final AtomicBoolean toldOfVulnerabilities = new AtomicBoolean();

    private final RecentReads recentReads = new RecentReads(System::nanoTime);

    MemlinkHealthIndicator(MemlinkClient client, MemlinkHealthProperties properties,
            ObjectProvider<MemlinkCacheManager> cacheManagers) {
        super("Memlink health check failed");
        this.client = client;
        this.properties = properties;
        this.cacheManagers = cacheManagers;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<BackendStatus> backends = this.client.membership().backends();
        Map<String, Double> shares = this.client.membership().shares();
        double unusable = backends.stream()
            .filter((backend) -> !isUsable(backend))
            .mapToDouble((backend) -> shares.getOrDefault(backend.address().id(), 0d))
            .sum();
        List<String> unusableCaches = unusableCaches();
        builder.status(status(unusable, !unusableCaches.isEmpty()));
        builder.withDetail("degraded", unusable > 0).withDetail("unusableShare", unusable);
        if (!unusableCaches.isEmpty()) {
            builder.withDetail("unusableCaches", unusableCaches);
        }
        Map<String, Object> reads = reads();
        if (reads != null) {
            builder.withDetail("reads", reads);
        }
        Map<String, Object> details = new LinkedHashMap<>();
        backends.forEach((backend) -> details.put(backend.address().toString(), details(backend)));
        builder.withDetail("backends", details);
    }

    private Status status(double unusableShare, boolean unusableCaches) {
        Double downShare = this.properties.getDownShare();
        boolean tooMuch = downShare != null && unusableShare >= downShare - TOLERANCE;
        if (tooMuch || unusableCaches && this.properties.isDownForUnusableCaches()) {
            return Status.DOWN;
        }
        return (unusableCaches || unusableShare >= 1 - TOLERANCE) ? DEGRADED : Status.UP;
    }

    /** Of this client; a cache can be unusable although most backends are not. */
    private List<String> unusableCaches() {
        return this.cacheManagers.stream()
            .filter((manager) -> manager.getClient() == this.client)
            .flatMap((manager) -> manager.getUsability().entrySet().stream())
            .filter((cache) -> !cache.getValue())
            .map(Map.Entry::getKey)
            .distinct()
            .toList();
    }

    /** Of the caches of this client, which say what users feel of an outage. */
    private @Nullable Map<String, Object> reads() {
        long[] counts = new long[2];
        this.cacheManagers.stream()
            .filter((manager) -> manager.getClient() == this.client)
            .flatMap((manager) -> manager.getCacheNames().stream().map(manager::getCache))
            .map(CacheTarget::of)
            .filter(Objects::nonNull)
            .map(MemlinkCache::getStatistics)
            .forEach((statistics) -> {
                counts[0] += statistics.get(Count.HITS);
                counts[1] += statistics.get(Count.MISSES);
            });
        return this.recentReads.describe(counts[0], counts[1]);
    }

    private static boolean isUsable(BackendStatus backend) {
        return backend.state() == State.UP || backend.state() == State.CONNECTING;
    }

    private Map<String, Object> details(BackendStatus backend) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", backend.state().name());
        details.put("since", backend.since().toString());
        details.put("connections", backend.connections() + "/" + backend.poolSize());
        if (backend.version() != null) {
            details.put("version", backend.version());
        }
        List<String> vulnerabilities = KnownVulnerability.of(backend.version());
        if (!vulnerabilities.isEmpty()) {
            details.put("knownVulnerabilities", vulnerabilities);
            warnOnce(backend, vulnerabilities);
        }
        if (backend.journalDepth() > 0 || backend.journalLost() > 0) {
            details.put("journal", backend.journalDepth() + " keys, " + backend.journalLost() + " lost");
        }
        if (backend.lastFailure() != null) {
            details.put("lastFailure", String.valueOf(backend.lastFailure().getMessage()));
        }
        return details;
    }

    private void warnOnce(BackendStatus backend, List<String> vulnerabilities) {
        if (this.toldOfVulnerabilities.compareAndSet(false, true)) {
            logger.warn(
                    "Backend {} is memcached {}, which has known vulnerabilities unless its distribution has mended"
                            + " them: {}. The health names them for each backend",
                    backend.address(), backend.version(), String.join("; ", vulnerabilities));
        }
    }

}
