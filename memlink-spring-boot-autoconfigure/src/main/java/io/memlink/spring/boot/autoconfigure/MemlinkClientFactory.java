package io.memlink.spring.boot.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import io.memlink.MemlinkClient;
import io.memlink.MemlinkClientBuilder;
import io.memlink.cluster.Failover;
import io.memlink.placement.Backend;
import io.memlink.placement.NodeLocator;
import io.memlink.spring.boot.autoconfigure.MemlinkClientProperties.BackgroundLoads;
import io.memlink.spring.boot.autoconfigure.MemlinkClientProperties.Failover.Mode;
import io.memlink.spring.boot.autoconfigure.MemlinkConnectionDetails.BackendDiscovery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Factory of the builders of one client, one for each start. Immutable.
 *
 * @param prefix what the names of its properties begin with
 * @param properties the settings
 * @param details where the servers are
 * @param customizers have the last word
 */
record MemlinkClientFactory(String prefix, MemlinkClientProperties properties, MemlinkConnectionDetails details,
        List<MemlinkClientBuilderCustomizer> customizers) {

    private static final Logger logger = LoggerFactory.getLogger(MemlinkAutoConfiguration.class);

    /** Returns a new builder, as each start needs it. */
    MemlinkClientBuilder create() {
        MemlinkClientBuilder builder = MemlinkClient.builder();
        applyBackends(builder);
        applyProperties(builder);
        applyDiscovery(builder);
        applyCredentials(builder);
        if (this.details.getSslBundle() != null) {
            builder.tls(new BundleTlsOptions(this.details, this.properties.getSsl().isVerifyHostname()));
        }
        this.customizers.forEach((customizer) -> customizer.customize(builder));
        logger.info("Client of {}: {}", this.prefix, builder);
        return builder;
    }

    private void applyProperties(MemlinkClientBuilder builder) {
        MemlinkClientProperties properties = this.properties;
        apply("pool.size", properties.getPool().getSize(), builder::poolSize);
        apply("pool.max-age", properties.getPool().getMaxAge(), builder::maxAge);
        apply("pool.idle-ping", properties.getPool().getIdlePing(), builder::idlePing);
        apply("request-timeout", properties.getRequestTimeout(), builder::requestTimeout);
        apply("connect-timeout", properties.getConnectTimeout(), builder::connectTimeout);
        apply("handshake-timeout", properties.getHandshakeTimeout(), builder::handshakeTimeout);
        apply("close-timeout", properties.getCloseTimeout(), builder::closeTimeout);
        apply("max-value-bytes", properties.getMaxValueBytes(), (DataSize size) -> builder.maxValueBytes(bytes(size)));
        apply("max-item-bytes", properties.getMaxItemBytes(), (DataSize size) -> builder.maxItemBytes(bytes(size)));
        apply("max-in-flight", properties.getMaxInFlight(), builder::maxInFlight);
        apply("max-in-flight-bytes", properties.getMaxInFlightBytes(),
                (DataSize size) -> builder.maxInFlightBytes(bytes(size)));
        apply("max-pending-bytes", properties.getMaxPendingBytes(),
                (DataSize size) -> builder.maxPendingBytes(size.toBytes()));
        apply("max-pending-requests", properties.getMaxPendingRequests(), builder::maxPendingRequests);
        apply("max-pending-bytes-per-backend", properties.getMaxPendingBytesPerBackend(),
                (DataSize size) -> builder.maxPendingBytesPerBackend(size.toBytes()));
        applyBackgroundLoads(properties.getBackgroundLoads(), builder);
        apply("slow-request-threshold", properties.getSlowRequestThreshold(), builder::slowRequestThreshold);
        apply("throw-on-undecodable", properties.isThrowOnUndecodable(), builder::throwOnUndecodable);
        apply("io-threads", properties.getIoThreads(), builder::ioThreads);
        apply("routing.locator", properties.getRouting().getLocator(), (locator) -> applyLocator(locator, builder));
        apply("routing.hash-tag", properties.getRouting().isHashTag(), builder::hashTag);
        apply("failover.on-journal-overflow", properties.getFailover().getOnJournalOverflow(),
                builder::onJournalOverflow);
        applyFailover(properties.getFailover(), builder);
    }

    private void applyBackgroundLoads(BackgroundLoads loads, MemlinkClientBuilder builder) {
        apply("background-loads.max-concurrent", loads.getMaxConcurrent(), (max) -> builder.backgroundLoads(max, 0));
        apply("background-loads.max-queued", loads.getMaxQueued(),
                (max) -> builder.backgroundLoads(loads.getMaxConcurrent(), max));
    }

    /** A size that is out of range stays out of it, on the same side. */
    private static int bytes(DataSize size) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(size.toBytes(), Integer.MAX_VALUE));
    }

    private void applyBackends(MemlinkClientBuilder builder) {
        Collection<Backend> backends = this.details.getBackends();
        if (backends == null) {
            throw invalidDetails("backends: null (expected: a list, which may be empty where there is a discovery)",
                    null);
        }
        applyDetails(() -> builder.backends(backends.toArray(Backend[]::new)));
    }

    private void applyDiscovery(MemlinkClientBuilder builder) {
        BackendDiscovery discovery = this.details.getDiscovery();
        if (discovery != null) {
            applyDetails(() -> builder.discovery(discovery.factory(), discovery.interval()));
        }
    }

    /** Details of properties are checked where the properties are known. */
    private void applyDetails(Runnable setting) {
        try {
            setting.run();
        }
        catch (IllegalArgumentException | NullPointerException ex) {
            throw invalidDetails(String.valueOf(ex.getMessage()), ex);
        }
    }

    private InvalidConnectionDetailsException invalidDetails(String problem, @Nullable Throwable cause) {
        return new InvalidConnectionDetailsException(this.details, problem, cause);
    }

    private void applyFailover(MemlinkClientProperties.Failover failover, MemlinkClientBuilder builder) {
        List<String> gutter = failover.getGutter();
        if (failover.getMode() == Mode.GUTTER) {
            apply("failover.max-time-to-live", failover.getMaxTimeToLive(), (time) -> new Failover(List.of(), time));
            apply("failover.gutter", gutter,
                    (backends) -> applyGutter(Failover.gutter(backends, failover.getMaxTimeToLive()), builder));
        }
        else if (!gutter.isEmpty()) {
            throw new InvalidConfigurationPropertyValueException(this.prefix + ".failover.mode", failover.getMode(),
                    "Backends are set for a gutter that this mode does not use (expected: gutter).");
        }
    }

    private void applyGutter(Failover gutter, MemlinkClientBuilder builder) {
        gutter.requireOutside(this.details.getBackends());
        builder.failover(gutter);
    }

    /** A locator may refuse how backends are called, which would only turn out later. */
    private void applyLocator(String name, MemlinkClientBuilder builder) {
        builder.locator(name);
        Collection<Backend> backends = this.details.getBackends();
        if (!backends.isEmpty()) {
            NodeLocator.named(name).create(List.copyOf(backends));
        }
    }

    private <T> void apply(String name, @Nullable T value, Consumer<T> setting) {
        if (value == null) {
            return;
        }
        try {
            setting.accept(value);
        }
        catch (IllegalArgumentException ex) {
            throw new InvalidConfigurationPropertyValueException(this.prefix + "." + name, value, ex.getMessage(), ex);
        }
    }

    private void applyCredentials(MemlinkClientBuilder builder) {
        String username = this.details.getUsername();
        String password = this.details.getPassword();
        if (!StringUtils.hasText(username)) {
            return;
        }
        if (password == null) {
            throw invalidDetails("password: null (expected: that of the user)", null);
        }
        applyCredentials(builder, username, password);
    }

    private void applyCredentials(MemlinkClientBuilder builder, String username, String password) {
        // The message names what is wrong, and shows neither a name nor a password.
        applyDetails(() -> builder.credentials(username, password));
    }

}
