package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.Random;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.spring.TranscoderFactory;
import io.memlink.spring.TranscoderSettings;
import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheConfiguration;
import io.memlink.spring.cache.MemlinkCacheManager;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.test.EmbeddedMemcachedTest;
import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.test.tools.SourceFile;
import org.springframework.core.test.tools.TestCompiler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two versions of an application on one cache, while one replaces the other: what the
 * document about deployments says, measured.
 */
@EmbeddedMemcachedTest
class DeploymentTests {

    private static final int KEYS = 100;

    private static final int CALLS = 6000;

    /** A version of a class that was compiled by itself. */
    private record Version(ClassLoader loader) {

        static Version of(String components, String arguments) {
            SourceFile source = SourceFile.of("package com.acme; public record Product(" + components
                    + ") { public static Object make() { return new Product(" + arguments + "); } }");
            Version[] version = new Version[1];
            TestCompiler.forSystem()
                .withSources(source)
                .compile((compiled) -> version[0] = new Version(compiled.getClassLoader()));
            return version[0];
        }

        Object make() {
            try {
                return this.loader.loadClass("com.acme.Product").getMethod("make").invoke(null);
            }
            catch (ReflectiveOperationException ex) {
                throw new IllegalStateException(ex);
            }
        }

        MemlinkCache cache(MemlinkClient client, String prefix) {
            ValueFormat format = ValueFormat.of(this.loader, TrustedClasses.of("com.acme"));
            MemlinkCacheManager manager = MemlinkCacheManager
                .builder(client, new TranscoderFactory(null, null, format).objects(TranscoderSettings.defaults()))
                .cacheDefaults(
                        MemlinkCacheConfiguration.builder().keyPrefix(prefix).timeToLive(Duration.ofMinutes(5)).build())
                .build();
            return (MemlinkCache) manager.getCache("products");
        }

    }

    private final Version before = Version.of("String name", "\"tea\"");

    private final Version after = Version.of("String name, long cents", "\"tea\", 350L");

    /**
     * Returns the part of calls that are hits while the new version has a share of them.
     */
    private double hitRatio(EmbeddedMemcached server, double share, String oldPrefix, String newPrefix) {
        server.clear();
        String backend = "127.0.0.1:" + server.port();
        try (MemlinkClient one = MemlinkClient.builder().backends(backend).build();
                MemlinkClient other = MemlinkClient.builder().backends(backend).build()) {
            MemlinkCache old = this.before.cache(one, oldPrefix);
            MemlinkCache young = this.after.cache(other, newPrefix);
            Random random = new Random(7);
            for (int i = 0; i < CALLS; i++) {
                boolean isYoung = random.nextDouble() < share;
                MemlinkCache cache = isYoung ? young : old;
                int key = random.nextInt(KEYS);
                Object expected = (isYoung ? this.after : this.before).make();
                Cache.ValueWrapper found = cache.get(key);
                if (found == null) {
                    cache.put(key, expected);
                }
                else {
                    assertThat(found.get()).isEqualTo(expected);
                }
            }
            long hits = 0;
            long misses = 0;
            for (MemlinkCache cache : new MemlinkCache[] { old, young }) {
                hits += cache.getStatistics().get(Count.HITS);
                misses += cache.getStatistics().get(Count.MISSES);
            }
            return (double) hits / (hits + misses);
        }
    }

    @Test
    void versionsOfAClassOverwriteOneAnother(EmbeddedMemcached server) {
        assertThat(hitRatio(server, 0, "", "")).isGreaterThan(0.97);
        assertThat(hitRatio(server, 0.1, "", "")).isBetween(0.75, 0.87);
        assertThat(hitRatio(server, 0.5, "", "")).isBetween(0.42, 0.56);
        assertThat(hitRatio(server, 1, "", "")).isGreaterThan(0.97);
    }

    @Test
    void aPrefixForEachReleaseKeepsThemApart(EmbeddedMemcached server) {
        assertThat(hitRatio(server, 0.1, "1a2b3c4:", "5d6e7f8:")).isGreaterThan(0.95);
        assertThat(hitRatio(server, 0.5, "1a2b3c4:", "5d6e7f8:")).isGreaterThan(0.95);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    @EnableAutoConfiguration
    static class Application {

    }

    @Test
    void theCommitMayBeThePrefix() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .run("--spring.config.import=optional:classpath:release/git.properties",
                    "--memlink.cache.key-prefix=${git.commit.id.abbrev:}:", "--spring.main.banner-mode=off")) {
            MemlinkCache cache = (MemlinkCache) context.getBean(CacheManager.class).getCache("products");
            assertThat(cache.getCacheConfiguration().keyPrefix()).isEqualTo("1a2b3c4:");
            cache.put("key", "value");
            assertThat(cache.get("key", String.class)).isEqualTo("value");
        }
    }

}
