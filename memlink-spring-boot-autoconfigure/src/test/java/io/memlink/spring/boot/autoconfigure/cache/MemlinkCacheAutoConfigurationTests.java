package io.memlink.spring.boot.autoconfigure.cache;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheConfiguration;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnError;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnEvictError;
import io.memlink.spring.cache.MemlinkCacheManager;
import io.memlink.spring.cache.NearCacheConfiguration;
import io.memlink.spring.cache.TimeToLiveFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.support.NoOpCache;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class MemlinkCacheAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class,
                MemlinkCacheAutoConfiguration.class, CacheAutoConfiguration.class));

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class OwnManager {

        @Bean
        CacheManager own() {
            return new ConcurrentMapCacheManager();
        }

    }

    @Test
    void providesTheCacheManager() {
        this.runner.withUserConfiguration(Caching.class)
            .run((context) -> assertThat(context).hasSingleBean(CacheManager.class)
                .getBean("cacheManager")
                .isInstanceOf(MemlinkCacheManager.class));
    }

    @Test
    void backsOffWithoutCaching() {
        this.runner.run((context) -> assertThat(context).doesNotHaveBean(CacheManager.class));
    }

    @Test
    void backsOffFromTheApplicationsOwnManager() {
        this.runner.withUserConfiguration(OwnManager.class)
            .run((context) -> assertThat(context).hasSingleBean(CacheManager.class)
                .doesNotHaveBean(MemlinkCacheManager.class));
    }

    @Test
    void backsOffFromACacheTypeThatIsAskedFor() {
        for (String type : new String[] { "none", "simple" }) {
            this.runner.withUserConfiguration(Caching.class)
                .withPropertyValues("spring.cache.type=" + type)
                .run((context) -> assertThat(context).hasSingleBean(CacheManager.class)
                    .doesNotHaveBean(MemlinkCacheManager.class));
        }
    }

    @Test
    void canBeDisabled() {
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.enabled=false")
            .run((context) -> assertThat(context).doesNotHaveBean(MemlinkCacheManager.class));
    }

    @Test
    void appliesSettingsToAllCachesAndToSingleOnes() {
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.time-to-live=10m", "memlink.cache.key-prefix=shop",
                    "memlink.cache.caches.products.time-to-live=1h", "memlink.cache.caches.products.on-error=throw",
                    "memlink.cache.caches.products.cache-null-values=false")
            .run((context) -> {
                CacheManager manager = context.getBean(CacheManager.class);
                MemlinkCache products = (MemlinkCache) manager.getCache("products");
                assertThat(products.getCacheConfiguration().timeToLive()).isEqualTo(Duration.ofHours(1));
                assertThat(products.getCacheConfiguration().onError()).isEqualTo(OnError.THROW);
                assertThat(products.isAllowNullValues()).isFalse();
                assertThat(products.getCacheConfiguration().keyPrefix()).isEqualTo("shop");
                MemlinkCache others = (MemlinkCache) manager.getCache("others");
                assertThat(others.getCacheConfiguration().timeToLive()).isEqualTo(Duration.ofMinutes(10));
                assertThat(others.isAllowNullValues()).isTrue();
            });
    }

    @Test
    void closesTheListOfCachesThatAreNamed() {
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("spring.cache.cache-names=one", "memlink.cache.cache-names=two")
            .run((context) -> {
                CacheManager manager = context.getBean(CacheManager.class);
                assertThat(manager.getCacheNames()).containsExactly("one", "two");
                assertThat(manager.getCache("three")).isNull();
            });
    }

    @Test
    void customizersOfBothKindsAreApplied() {
        this.runner.withUserConfiguration(Caching.class)
            .withBean(MemlinkCacheManagerBuilderCustomizer.class,
                    () -> (builder) -> builder.cacheNames(java.util.List.of("built")))
            .withBean(CacheManagerCustomizer.class, () -> Customizer.INSTANCE)
            .run((context) -> {
                assertThat(context.getBean(CacheManager.class).getCacheNames()).containsExactly("built");
                assertThat(Customizer.INSTANCE.customized).isSameAs(context.getBean(CacheManager.class));
            });
    }

    @Test
    void appliesEverySetting() {
        this.runner.withUserConfiguration(Caching.class)
            .withBean("byKey", TimeToLiveFunction.class, () -> (key, value) -> null)
            .withBean("own", Transcoder.class, Transcoder::text)
            .withBean("conversions", ConversionService.class, DefaultConversionService::new)
            .withPropertyValues("memlink.cache.jitter=0.1", "memlink.cache.null-time-to-live=5s",
                    "memlink.cache.time-to-live-function=byKey", "memlink.cache.conversion-service=conversions",
                    "memlink.cache.transcoder=own", "memlink.cache.stale-for=1m", "memlink.cache.recache-before=2m",
                    "memlink.cache.serve-stale-on-error=true", "memlink.cache.soft-evict=true",
                    "memlink.cache.statistics=false", "memlink.cache.on-evict-error=throw", "memlink.cache.clear-lag=0",
                    "memlink.cache.lease.enabled=false", "memlink.cache.lease.time-to-live=3s",
                    "memlink.cache.lease.max-wait=4s", "memlink.cache.near.time-to-live=5s",
                    "memlink.cache.near.max-entries=6", "memlink.cache.caches.near.near.enabled=true",
                    "memlink.cache.caches.near.near.max-size=7MB", "memlink.cache.caches.near.near.hot-only=true")
            .run((context) -> {
                MemlinkCacheConfiguration all = configuration(context, "any");
                assertThat(all.jitter()).isEqualTo(0.1);
                assertThat(all.nullTimeToLive()).isEqualTo(Duration.ofSeconds(5));
                assertThat(all.timeToLiveFunction()).isSameAs(context.getBean("byKey"));
                assertThat(all.conversionService()).isSameAs(context.getBean("conversions"));
                assertThat(all.transcoder()).isSameAs(context.getBean("own"));
                assertThat(all.staleFor()).isEqualTo(Duration.ofMinutes(1));
                assertThat(all.recacheBefore()).isEqualTo(Duration.ofMinutes(2));
                assertThat(all.serveStaleOnError()).isTrue();
                assertThat(all.softEvict()).isTrue();
                assertThat(all.statistics()).isFalse();
                assertThat(all.onEvictError()).isEqualTo(OnEvictError.THROW);
                assertThat(all.clearLag()).isZero();
                assertThat(all.lease()).isFalse();
                assertThat(all.leaseTimeToLive()).isEqualTo(Duration.ofSeconds(3));
                assertThat(all.leaseMaxWait()).isEqualTo(Duration.ofSeconds(4));
                assertThat(all.near()).isNull();
                assertThat(configuration(context, "near").near())
                    .isEqualTo(new NearCacheConfiguration(Duration.ofSeconds(5), 6, 7L << 20, true));
            });
    }

    @Test
    void compressesTheValuesOfOneCache() {
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.compression.threshold=1KB", "memlink.cache.caches.pages.compression=gzip")
            .run((context) -> {
                Transcoder<Object> pages = configuration(context, "pages").transcoder();
                assertThat(pages).isNotNull();
                EncodedValue page = pages.encode("x".repeat(10_000));
                assertThat(page.data()).hasSizeLessThan(1000);
                assertThat(pages.decode(page)).isEqualTo("x".repeat(10_000));
                assertThat(configuration(context, "others").transcoder()).isNull();
            });
    }

    @Test
    void namesACompressionThatThereIsNot() {
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.caches.pages.compression=rar")
            .run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("rar"));
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.compression=gzip", "memlink.cache.transcoder=own")
            .run((context) -> assertThat(context).getFailure()
                .hasRootCauseMessage("the cache has a transcoder of its own (expected: one of the two)"));
    }

    private static MemlinkCacheConfiguration configuration(BeanFactory context, String cache) {
        return ((MemlinkCache) context.getBean(CacheManager.class).getCache(cache)).getCacheConfiguration();
    }

    @Test
    void aCacheThatExpiresWhenIdleIsNotBoundToTheTimeToLiveOfAll() {
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.time-to-live=10m", "memlink.cache.caches.sessions.time-to-idle=5m")
            .run((context) -> {
                assertThat(configuration(context, "sessions").timeToIdle()).isEqualTo(Duration.ofMinutes(5));
                assertThat(configuration(context, "sessions").timeToLive()).isNull();
                assertThat(configuration(context, "any").timeToLive()).isEqualTo(Duration.ofMinutes(10));
            });
    }

    @Test
    void namesTheSettingThatIsWrong() {
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.caches.things.jitter=2")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("memlink.cache.caches.things.jitter")
                .hasStackTraceContaining("jitter: 2.0 (expected: from 0 to less than 1)"));
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.soft-evict=true")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("memlink.cache: softEvict: without staleFor (expected: with it)"));
    }

    @Test
    void changesOfATransactionAwareCacheWaitForTheCommit() {
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.transaction-aware=true")
            .run((context) -> assertThat(context.getBean(CacheManager.class).getCache("any"))
                .isInstanceOf(TransactionAwareCacheDecorator.class));
    }

    @Test
    void saysWhichSettingsDoNotGoTogether() {
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.time-to-live=1m", "memlink.cache.recache-before=1m")
            .run((context) -> {
                FailureAnalysis analysis = new CacheSettingsFailureAnalyzer().analyze(context.getStartupFailure());
                assertThat(analysis).isNotNull();
                assertThat(analysis.getDescription()).contains("'memlink.cache'",
                        "recache-before: PT1M with time-to-live PT1M");
                assertThat(analysis.getAction()).doesNotContain("inherited");
            });
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.caches.a.soft-evict=true")
            .run((context) -> {
                FailureAnalysis analysis = new CacheSettingsFailureAnalyzer().analyze(context.getStartupFailure());
                assertThat(analysis).isNotNull();
                assertThat(analysis.getDescription()).contains("soft-evict: without stale-for");
                assertThat(analysis.getAction())
                    .contains("'memlink.cache.caches.a' or, if it is inherited, under " + "'memlink.cache'");
            });
    }

    @Test
    void aConfigurationOfTheApplicationIsTheDefault() {
        MemlinkCacheConfiguration own = MemlinkCacheConfiguration.builder()
            .timeToLive(Duration.ofMinutes(7))
            .keyPrefix("own")
            .build();
        this.runner.withUserConfiguration(Caching.class)
            .withBean(MemlinkCacheConfiguration.class, () -> own)
            .withPropertyValues("memlink.cache.caches.products.time-to-live=1h")
            .run((context) -> {
                CacheManager manager = context.getBean(CacheManager.class);
                assertThat(manager.getCacheNames()).containsExactly("products");
                MemlinkCache products = (MemlinkCache) manager.getCache("products");
                assertThat(products.getCacheConfiguration().timeToLive()).isEqualTo(Duration.ofHours(1));
                assertThat(products.getCacheConfiguration().keyPrefix()).isEqualTo("own");
                MemlinkCache others = (MemlinkCache) manager.getCache("others");
                assertThat(others.getCacheConfiguration().timeToLive()).isEqualTo(Duration.ofMinutes(7));
            });
    }

    @Test
    void cachingCanBeSwitchedOffWithoutAnotherCacheTakingOver() {
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.no-op=true")
            .run((context) -> {
                CacheManager manager = context.getBean(CacheManager.class);
                assertThat(manager).isInstanceOf(MemlinkCacheManager.class);
                assertThat(manager.getCache("any")).isInstanceOf(NoOpCache.class);
            });
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.no-op-caches=some")
            .run((context) -> {
                CacheManager manager = context.getBean(CacheManager.class);
                assertThat(manager.getCache("some")).isInstanceOf(NoOpCache.class);
                assertThat(manager.getCache("any")).isInstanceOf(MemlinkCache.class);
            });
    }

    @Test
    void asynchronousMethodsRunInTheExecutorThatIsNamed() {
        Executor named = (task) -> new Thread(task, "named").start();
        Executor application = (task) -> new Thread(task, "application").start();
        ApplicationContextRunner executors = this.runner.withUserConfiguration(Caching.class)
            .withBean("applicationTaskExecutor", Executor.class, () -> application)
            .withBean("named", Executor.class, () -> named);
        executors.run((context) -> assertThat(threadOfLoader(context)).isEqualTo("application"));
        executors.withPropertyValues("memlink.cache.executor=named")
            .run((context) -> assertThat(threadOfLoader(context)).isEqualTo("named"));
    }

    private static String threadOfLoader(ApplicationContext context) {
        return context.getBean(CacheManager.class)
            .getCache("any")
            .retrieve("key", () -> CompletableFuture.completedFuture(Thread.currentThread().getName()))
            .join();
    }

    @ParameterizedTest
    @CsvSource({ "transcoder, io.memlink.Transcoder",
            "conversion-service, org.springframework.core.convert.ConversionService",
            "time-to-live-function, io.memlink.spring.cache.TimeToLiveFunction",
            "executor, java.util.concurrent.Executor" })
    void namesTheSettingWhoseBeanThereIsNot(String setting, String type) {
        String start = "Property memlink.cache." + setting + " with value ";
        ApplicationContextRunner caching = this.runner.withUserConfiguration(Caching.class)
            .withBean("text", String.class, () -> "text");
        caching.withPropertyValues("memlink.cache." + setting + "=none")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining(
                        start + "'none' is invalid: There is no such bean (expected: a bean of type " + type));
        caching.withPropertyValues("memlink.cache." + setting + "=text")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining(start
                        + "'text' is invalid: That bean is a java.lang.String (expected: a bean of type " + type));
    }

    @ParameterizedTest
    @CsvSource({ "memlink.cache.near.max-entries=0, memlink.cache.near.max-entries",
            "memlink.cache.near.max-entries=-1, memlink.cache.near.max-entries",
            "memlink.cache.near.max-size=0, memlink.cache.near.max-size",
            "memlink.cache.near.time-to-live=0, memlink.cache.near.time-to-live",
            "memlink.cache.near.time-to-live=-1s, memlink.cache.near.time-to-live",
            "memlink.cache.near.time-to-live=300000d, memlink.cache.near.time-to-live",
            "memlink.cache.caches.a.near.max-size=-5, memlink.cache.caches.a.near.max-size",
            "memlink.cache.clear-lag=300000d, memlink.cache.clear-lag",
            "memlink.cache.stale-for=36500d, memlink.cache.stale-for",
            "memlink.cache.recache-before=300000d, memlink.cache.recache-before" })
    void namesTheSettingThatIsOutOfRange(String property, String name) {
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.near.enabled=true", property)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies((root) -> assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("Property " + name + " with value ")));
    }

    @ParameterizedTest
    @CsvSource({ "yes, true", "off, false" })
    void isOnOrOffInEveryWord(String value, boolean on) {
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.enabled=" + value)
            .run((context) -> assertThat(context.getBeansOfType(MemlinkCacheManager.class)).hasSize(on ? 1 : 0));
    }

    @ParameterizedTest
    @ValueSource(strings = { "false", "no", "off" })
    void worksBesideAnotherManager(String primary) {
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.primary=" + primary, "spring.cache.type=simple")
            .run((context) -> {
                assertThat(context.getBean(CacheManager.class)).isInstanceOf(ConcurrentMapCacheManager.class);
                assertThat(context.getBean("memlinkCacheManager")).isInstanceOf(MemlinkCacheManager.class);
            });
    }

    @Test
    void nothingNeedsCaffeineButACacheInMemory() {
        ApplicationContextRunner without = this.runner.withUserConfiguration(Caching.class)
            .withClassLoader(new FilteredClassLoader("com.github.benmanes"));
        without.run((context) -> assertThat(context.getBean(CacheManager.class).getCache("any").get("key")).isNull());
        without.withPropertyValues("memlink.cache.near.enabled=true")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("Property memlink.cache.near.enabled with value 'true' is invalid")
                .hasStackTraceContaining("com.github.ben-manes.caffeine:caffeine on the class path"));
        without.withPropertyValues("memlink.cache.caches.products.near.enabled=true")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("Property memlink.cache.caches.products.near.enabled with value 'true'"));
    }

    @Test
    void aCacheIsOneWhateverTheVariablesCallIt() {
        this.runner.withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.cache.caches.hot-things.time-to-live=1h")
            .withInitializer((context) -> context.getEnvironment()
                .getPropertySources()
                .replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of("MEMLINK_CACHE_CACHES_HOTTHINGS_JITTER", "0.5"))))
            .run((context) -> {
                CacheManager manager = context.getBean(CacheManager.class);
                assertThat(manager.getCacheNames()).containsExactly("hot-things");
                assertThat(((MemlinkCache) manager.getCache("hot-things")).getCacheConfiguration().jitter())
                    .isEqualTo(0.5);
            });
    }

    static final class Customizer implements CacheManagerCustomizer<MemlinkCacheManager> {

        static final Customizer INSTANCE = new Customizer();

        private CacheManager customized;

        @Override
        public void customize(MemlinkCacheManager manager) {
            this.customized = manager;
        }

    }

}
