package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.meta.Expiration;
import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.cache.MemlinkCacheManager;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All auto-configurations together, with everything on the class path that they know, and
 * without one part of it at a time.
 */
@EmbeddedMemcachedTest
class MissingClassesTests {

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

    }

    private static ApplicationContextRunner runner() {
        return runner(JacksonAutoConfiguration.class, CacheAutoConfiguration.class)
            .withUserConfiguration(Caching.class);
    }

    private static ApplicationContextRunner runner(Class<?>... others) {
        List<Class<?>> all = new ArrayList<>(List.of(others));
        for (String name : ImportCandidates.load(AutoConfiguration.class, null).getCandidates()) {
            if (name.startsWith("io.memlink.")) {
                all.add(load(name));
            }
        }
        return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(all.toArray(Class<?>[]::new)))
            .withPropertyValues("memlink.clients.second.pool.size=2", "memlink.request-timeout=10s");
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        }
        catch (ClassNotFoundException ex) {
            throw new IllegalStateException(ex);
        }
    }

    static Stream<FilteredClassLoader> optional() {
        return Stream.of(new FilteredClassLoader("io.micrometer.core"),
                new FilteredClassLoader(HealthContributor.class), new FilteredClassLoader("com.google.common"),
                new FilteredClassLoader("tools.jackson"), new FilteredClassLoader("com.github.benmanes.caffeine"),
                new FilteredClassLoader("org.testcontainers"),
                new FilteredClassLoader("org.springframework.boot.testcontainers"),
                new FilteredClassLoader("org.springframework.boot.docker.compose"),
                new FilteredClassLoader("io.netty.internal.tcnative"),
                new FilteredClassLoader("io.netty.channel.epoll"));
    }

    @Test
    void providesAllItsBeans(EmbeddedMemcached server) {
        runner().withPropertyValues("memlink.backends=127.0.0.1:" + server.port())
            .run((context) -> assertThat(context).hasBean("memlinkConnectionDetails")
                .hasBean("memlinkClient")
                .hasBean("memlinkTranscoder")
                .hasBean("memlinkTemplate")
                .hasBean("secondMemlinkClient")
                .hasBean("secondMemlinkTemplate")
                .hasBean("cacheManager")
                .hasBean("memlinkHealthContributor")
                .hasBean("memlinkCacheMeterBinderProvider"));
    }

    @ParameterizedTest
    @MethodSource("optional")
    void doesWithoutWhatIsOptional(FilteredClassLoader missing, EmbeddedMemcached server) {
        runner().withClassLoader(missing)
            .withPropertyValues("memlink.backends=127.0.0.1:" + server.port())
            .run((context) -> {
                MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
                template.set("key", "value", Duration.ofMinutes(1));
                assertThat(template.get("key")).isEqualTo("value");
                context.getBean(CacheManager.class).getCache("things").put("key", "value");
                assertThat(context.getBean(CacheManager.class).getCache("things").get("key", String.class))
                    .isEqualTo("value");
            });
    }

    @Test
    void needsNoJackson(EmbeddedMemcached server) {
        runner().withClassLoader(new FilteredClassLoader("tools.jackson", "com.google.gson"))
            .withPropertyValues("memlink.backends=127.0.0.1:" + server.port())
            .run((context) -> {
                assertThat(context).hasNotFailed().hasSingleBean(MemlinkCacheManager.class);
                assertReadsWhatWasSet(context.getBean(MemlinkClient.class));
            });
    }

    @Test
    void hasNoCacheManagerWithoutTheCacheModule(EmbeddedMemcached server) {
        runner(JacksonAutoConfiguration.class).withClassLoader(new FilteredClassLoader(CacheAutoConfiguration.class))
            .withPropertyValues("memlink.backends=127.0.0.1:" + server.port())
            .run((context) -> {
                assertThat(context).hasNotFailed().doesNotHaveBean(MemlinkCacheManager.class);
                assertReadsWhatWasSet(context.getBean(MemlinkClient.class));
            });
    }

    private static void assertReadsWhatWasSet(MemlinkClient client) {
        client.with(Transcoder.text()).set("key", "value", Expiration.never()).join();
        assertThat(client.with(Transcoder.text()).get("key").join()).isEqualTo("value");
    }

    @Test
    void hasNothingWithoutTheClient() {
        runner().withClassLoader(new FilteredClassLoader(MemlinkClient.class))
            .run((context) -> assertThat(context).hasNotFailed()
                .doesNotHaveBean("memlinkClient")
                .doesNotHaveBean("memlinkTemplate")
                .doesNotHaveBean("memlinkHealthContributor"));
    }

}
