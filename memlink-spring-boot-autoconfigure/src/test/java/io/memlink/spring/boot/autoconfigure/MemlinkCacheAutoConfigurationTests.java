package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;

import io.memlink.meta.Expiration;
import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnError;
import io.memlink.spring.cache.MemlinkCacheManager;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
                assertThat(products.getCacheConfiguration().expiration())
                    .isEqualTo(Expiration.after(Duration.ofHours(1)));
                assertThat(products.getCacheConfiguration().onError()).isEqualTo(OnError.THROW);
                assertThat(products.isAllowNullValues()).isFalse();
                assertThat(products.getCacheConfiguration().keyPrefix()).isEqualTo("shop");
                MemlinkCache others = (MemlinkCache) manager.getCache("others");
                assertThat(others.getCacheConfiguration().expiration())
                    .isEqualTo(Expiration.after(Duration.ofMinutes(10)));
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

    static final class Customizer implements CacheManagerCustomizer<MemlinkCacheManager> {

        static final Customizer INSTANCE = new Customizer();

        private CacheManager customized;

        @Override
        public void customize(MemlinkCacheManager manager) {
            this.customized = manager;
        }

    }

}
