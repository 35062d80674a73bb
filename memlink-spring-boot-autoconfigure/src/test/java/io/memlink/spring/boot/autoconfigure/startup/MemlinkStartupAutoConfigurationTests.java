package io.memlink.spring.boot.autoconfigure.startup;

import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the log says of settings when an application starts.
 */
@ExtendWith(OutputCaptureExtension.class)
class MemlinkStartupAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class,
                MemlinkCacheAutoConfiguration.class, MemlinkStartupAutoConfiguration.class))
        .withPropertyValues("memlink.backends=127.0.0.1:1");

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.memlink.spring.boot");

    @BeforeEach
    void logAsApplicationsDo() {
        this.logger.setLevel(Level.INFO);
    }

    @AfterEach
    void logAsTestsDo() {
        this.logger.setLevel(null);
    }

    private final ApplicationContextRunner caching = this.runner.withUserConfiguration(Caching.class);

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

    }

    @ParameterizedTest
    @CsvSource({ "memlink.request-timout=1s, memlink.request-timeout", "memlink.poolsize=2, memlink.pool.size",
            "memlink.backend=a:1, memlink.backends", "memlink.time-to-live=1h, memlink.cache.time-to-live",
            "memlink.clients.shop.requestTimeOuts=1s, memlink.clients.shop.request-timeout",
            "memlink.cache.caches.products.time-to-life=1h, memlink.cache.caches.products.time-to-live",
            "memlink.cache.products.time-to-live=1h, memlink.cache.caches.products.time-to-live",
            "memlink.caches.products.time-to-live=1h, memlink.cache.caches.products.time-to-live",
            "memlink.caches.products.near.time-to-live=1h, memlink.cache.caches.products.near.time-to-live",
            "memlink.cache.caches.best.Sellers.time-to-live=1h, memlink.cache.caches[best.Sellers].time-to-live",
            "memlink.cache.caches.products.ttl=1h, memlink.cache.caches.products.time-to-live",
            "memlink.cache.ttl=1h, memlink.cache.time-to-live",
            "memlink.cache.expiration=1h, memlink.cache.time-to-live",
            "memlink.cache.lease.ttl=1h, memlink.cache.lease.time-to-live",
            "memlink.timeout=1s, memlink.request-timeout", "memlink.servers=a:1, memlink.backends",
            "memlink.clients.shop.servers=a:1, memlink.clients.shop.backends",
            "memlink.shop.pool.size=2, memlink.clients.shop.pool.size",
            "memlink.near.enabled=true, memlink.cache.near.enabled" })
    void aPropertyThatDoesNotExistIsNamedWithTheNearest(String property, String nearest, CapturedOutput output) {
        this.caching.withPropertyValues(property)
            .run((context) -> assertThat(output).contains(property.replaceAll("=.*", "")
                    + " has no effect, since there is no such property (expected: " + nearest + "): "));
    }

    @Test
    void aPropertyThatIsLikeNoOtherIsNamed(CapturedOutput output) {
        this.caching.withPropertyValues("memlink.zzz=s3cret")
            .run((context) -> assertThat(output)
                .contains("memlink.zzz has no effect, since there is no such property: ")
                .doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "memlink.backends[0]=127.0.0.1:1", "memlink.requestTimeout=1s",
            "memlink.request_timeout=1s", "memlink.clients.a-b.pool.size=2", "memlink.clients[a.b].pool.size=2",
            "memlink.cache.caches.products.near.time-to-live=1s", "memlink.observations.enabled=true",
            "memlink.server-metrics.enabled=true", "memlink.cache.cache-names[1]=things", "memlinked.other=1",
            "other.memlink.pool=1" })
    void propertiesThatExistAreNotNamed(String property, CapturedOutput output) {
        this.caching.withPropertyValues(property)
            .run((context) -> assertThat(output).doesNotContain(property.replaceAll("=.*", "") + " has no effect"));
    }

    private static ApplicationContextRunner withVariable(ApplicationContextRunner runner, String name, String value) {
        return runner.withInitializer((context) -> context.getEnvironment()
            .getPropertySources()
            .replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, value))));
    }

    @ParameterizedTest
    @ValueSource(strings = { "MEMLINK_REQUESTTIMEOUT", "MEMLINK_REQUEST_TIMEOUT", "MEMLINK_BACKENDS_0",
            "MEMLINK_CLIENTS_AB_REQUESTTIMEOUT", "MEMLINK_PORT", "MEMLINK_SERVICE_HOST",
            "MEMLINK_PORT_11211_TCP_ADDR" })
    void variablesThatExistAndThoseOfOthersAreNotNamed(String name, CapturedOutput output) {
        withVariable(this.caching, name, name.endsWith("0") ? "127.0.0.1:1" : "1s")
            .run((context) -> assertThat(output).doesNotContain(name + " has no effect"));
    }

    @Test
    void aVariableOfANameWithDashesExists(CapturedOutput output) {
        withVariable(this.caching, "MEMLINK_CLIENTS_A_B_REQUEST_TIMEOUT", "1s")
            .withPropertyValues("memlink.clients.a-b.backends=127.0.0.1:2")
            .run((context) -> assertThat(output).doesNotContain("MEMLINK_CLIENTS_A_B_REQUEST_TIMEOUT has no effect")
                .contains("Client of memlink.clients.a-b: backends=[127.0.0.1:2], requestTimeout=PT1S"));
        withVariable(this.caching, "MEMLINK_CACHE_CACHES_A_B_TIME_TO_LIVE", "1s")
            .withPropertyValues("memlink.cache.caches.a-b.jitter=0.1")
            .run((context) -> assertThat(output).doesNotContain("TIME_TO_LIVE has no effect"));
        withVariable(this.caching, "MEMLINK_CLIENTS_A_C_REQUEST_TIMEOUT", "1s")
            .withPropertyValues("memlink.clients.a-b.backends=127.0.0.1:2")
            .run((context) -> assertThat(output).contains("MEMLINK_CLIENTS_A_C_REQUEST_TIMEOUT has no effect"));
    }

    @Test
    void aVariableThatDoesNotExistIsNamedWithTheNearest(CapturedOutput output) {
        withVariable(this.caching, "MEMLINK_REQUESTTIMOUT", "1s").run((context) -> assertThat(output)
            .contains("MEMLINK_REQUESTTIMOUT has no effect, since there is no such property"
                    + " (expected: memlink.request-timeout)"));
    }

    @Test
    void cachesInAnApplicationThatDoesNotCacheAreWarnedOf(CapturedOutput output) {
        this.runner.withPropertyValues("memlink.cache.time-to-live=1h")
            .run((context) -> assertThat(output).contains("memlink.cache.* is set, but @Cacheable and its like have no"
                    + " effect (expected: @EnableCaching on a configuration class)"));
    }

    @Test
    void cachesThatAreUsedOrNotWantedAreNotWarnedOf(CapturedOutput output) {
        this.caching.withPropertyValues("memlink.cache.time-to-live=1h").run((context) -> {
        });
        this.runner.run((context) -> {
        });
        this.runner.withPropertyValues("memlink.cache.enabled=false").run((context) -> {
        });
        assertThat(output).doesNotContain("@EnableCaching");
    }

    @Test
    void eachClientSaysWhatItsSettingsAre(CapturedOutput output) {
        this.caching
            .withPropertyValues("memlink.username=waiter", "memlink.password=s3cret",
                    "memlink.clients.shop.request-timeout=250ms", "memlink.clients.shop.backends=127.0.0.1:2")
            .run((context) -> {
                assertThat(output.toString().lines().filter((line) -> line.contains("Client of memlink"))).hasSize(2);
                assertThat(output).contains("Client of memlink: backends=[127.0.0.1:1], requestTimeout=PT0.5S, ")
                    .contains("Client of memlink.clients.shop: backends=[127.0.0.1:2], requestTimeout=PT0.25S, ")
                    .doesNotContain("s3cret")
                    .doesNotContain("waiter");
            });
    }

    @Test
    void eachCacheSaysWhatItsSettingsAre(CapturedOutput output) {
        this.caching
            .withPropertyValues("memlink.cache.caches.products.time-to-live=1h", "memlink.cache.key-prefix=shop",
                    "memlink.cache.no-op-caches=nothing", "memlink.cache.caches.nothing.jitter=0.1")
            .run((context) -> {
                context.getBean(CacheManager.class).getCache("products");
                context.getBean(CacheManager.class).getCache("nothing");
                assertThat(output.toString().lines().filter((line) -> line.contains("Cache products: ")))
                    .singleElement()
                    .asString()
                    .contains("timeToLive=PT1H, ")
                    .contains("keyPrefix=shop");
                assertThat(output).contains("Cache nothing keeps nothing");
            });
    }

    @Test
    void aNumberOfMillisecondsIsWarnedOf(CapturedOutput output) {
        this.caching.withPropertyValues("memlink.cache.caches.products.time-to-live=300").run((context) -> {
            context.getBean(CacheManager.class).getCache("products");
            assertThat(output).contains("Cache products: timeToLive=PT0.3S (a number without a unit is in milli");
        });
        this.caching.withPropertyValues("memlink.cache.caches.things.time-to-live=1s").run((context) -> {
            context.getBean(CacheManager.class).getCache("things");
            assertThat(output).doesNotContain("Cache things: timeToLive=PT1S (a number");
        });
    }

    @Test
    void aCacheOnDemandSaysSoWhenItIsMade(CapturedOutput output) {
        this.caching.withPropertyValues("memlink.cache.transaction-aware=true").run((context) -> {
            assertThat(output).doesNotContain("Cache things: ");
            context.getBean(CacheManager.class).getCache("things");
            context.getBean(CacheManager.class).getCache("things");
            assertThat(output.toString().lines().filter((line) -> line.contains("Cache things: "))).hasSize(1);
        });
    }

    @Test
    void aTransactionalCacheSaysWhatItsSettingsAre(CapturedOutput output) {
        this.caching.withPropertyValues("memlink.cache.transaction-aware=true", "memlink.cache.cache-names=things")
            .run((context) -> assertThat(output).contains("Cache things: timeToLive="));
    }

}
