package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import io.memlink.MemlinkClient;
import io.memlink.MemlinkClientBuilder;
import io.memlink.cluster.Failover;
import io.memlink.discovery.Discovery;
import io.memlink.spring.boot.autoconfigure.MemlinkDiscoveryProperties.Type;
import io.memlink.spring.boot.autoconfigure.MemlinkFailoverProperties.Mode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Builds the client from what the application says. Immutable.
 *
 * @param prefix what the names of its properties begin with
 * @param properties the settings
 * @param details where the servers are
 * @param customizers have the last word
 */
record MemlinkClientFactory(String prefix, MemlinkClientProperties properties, MemlinkConnectionDetails details,
        List<MemlinkClientBuilderCustomizer> customizers) {

    MemlinkClient create() {
        MemlinkClientBuilder builder = MemlinkClient.builder().backends(this.details.getBackends());
        applyProperties(builder);
        if (this.details instanceof PropertiesMemlinkConnectionDetails) {
            applyDiscovery(this.properties.getDiscovery(), builder);
        }
        applyCredentials(builder);
        SslBundle bundle = this.details.getSslBundle();
        if (bundle != null) {
            builder.tls(new BundleTlsOptions(this.details, this.properties.getSsl().isVerifyHostname()));
        }
        this.customizers.forEach((customizer) -> customizer.customize(builder));
        MemlinkClient client = builder.build();
        if (this.properties.isFailFast()) {
            awaitBackends(client, bundle != null);
        }
        return client;
    }

    private void awaitBackends(MemlinkClient client, boolean encrypted) {
        try {
            new StartupCheck(this.prefix, encrypted).await(client, this.properties.getConnectTimeout());
        }
        catch (RuntimeException ex) {
            client.close();
            throw ex;
        }
    }

    private void applyProperties(MemlinkClientBuilder builder) {
        MemlinkClientProperties properties = this.properties;
        apply("pool.size", properties.getPool().getSize(), builder::poolSize);
        apply("pool.max-age", properties.getPool().getMaxAge(), builder::maxAge);
        apply("pool.idle-ping", properties.getPool().getIdlePing(), builder::idlePing);
        apply("request-timeout", properties.getRequestTimeout(), builder::requestTimeout);
        apply("connect-timeout", properties.getConnectTimeout(), builder::connectTimeout);
        apply("close-timeout", properties.getCloseTimeout(), builder::closeTimeout);
        apply("max-value-bytes", properties.getMaxValueBytes(),
                (size) -> builder.maxValueBytes((int) Math.min(size.toBytes(), Integer.MAX_VALUE)));
        apply("max-item-bytes", properties.getMaxItemBytes(),
                (size) -> builder.maxItemBytes((int) Math.min(size.toBytes(), Integer.MAX_VALUE)));
        apply("max-in-flight", properties.getMaxInFlight(), builder::maxInFlight);
        apply("max-pending-bytes", properties.getMaxPendingBytes(),
                (DataSize size) -> builder.maxPendingBytes(size.toBytes()));
        apply("max-pending-requests", properties.getMaxPendingRequests(), builder::maxPendingRequests);
        apply("max-pending-bytes-per-backend", properties.getMaxPendingBytesPerBackend(),
                (DataSize size) -> builder.maxPendingBytesPerBackend(size.toBytes()));
        apply("slow-request-threshold", properties.getSlowRequestThreshold(), builder::slowRequestThreshold);
        apply("throw-on-undecodable", properties.isThrowOnUndecodable(), builder::throwOnUndecodable);
        apply("io-threads", properties.getIoThreads(), builder::ioThreads);
        apply("routing.locator", properties.getRouting().getLocator(), builder::locator);
        apply("routing.hash-tag", properties.getRouting().isHashTag(), builder::hashTag);
        apply("failover.on-journal-overflow", properties.getFailover().getOnJournalOverflow(),
                builder::onJournalOverflow);
        applyFailover(properties.getFailover(), builder);
    }

    private void applyDiscovery(MemlinkDiscoveryProperties discovery, MemlinkClientBuilder builder) {
        List<String> names = discovery.getNames();
        if (discovery.getType() != Type.STATIC) {
            String type = discovery.getType().name().toLowerCase(Locale.ROOT);
            apply("discovery.names", names,
                    (asked) -> builder.discovery(Discovery.named(type, asked), Duration.ofSeconds(60)));
            apply("discovery.interval", discovery.getInterval(),
                    (interval) -> builder.discovery(Discovery.named(type, names), interval));
        }
        else if (!names.isEmpty()) {
            throw new InvalidConfigurationPropertyValueException(this.prefix + ".discovery.type", discovery.getType(),
                    "Names are set that nobody asks for (expected: dns, srv or elasticache).");
        }
    }

    private void applyFailover(MemlinkFailoverProperties failover, MemlinkClientBuilder builder) {
        List<String> gutter = failover.getGutter();
        if (failover.getMode() == Mode.GUTTER) {
            apply("failover.max-time-to-live", failover.getMaxTimeToLive(), (time) -> new Failover(List.of(), time));
            apply("failover.gutter", gutter,
                    (backends) -> builder.failover(Failover.gutter(backends, failover.getMaxTimeToLive())));
        }
        else if (!gutter.isEmpty()) {
            throw new InvalidConfigurationPropertyValueException(this.prefix + ".failover.mode", failover.getMode(),
                    "The gutter has backends that are not used (expected: gutter).");
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
        try {
            builder.credentials(username, (password != null) ? password : "");
        }
        catch (IllegalArgumentException ex) {
            // The message names what is wrong, and never shows a password.
            throw new IllegalArgumentException(this.prefix + "." + ex.getMessage(), ex);
        }
    }

}
