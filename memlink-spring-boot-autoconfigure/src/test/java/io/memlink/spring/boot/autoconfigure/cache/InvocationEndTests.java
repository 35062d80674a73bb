package io.memlink.spring.boot.autoconfigure.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.StoredItem;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.util.AopTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * What a miss has put on the server for a method that puts nothing is gone when the
 * method has ended, and not before.
 */
@EmbeddedMemcachedTest
class InvocationEndTests {

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    @AutoConfigurationPackage
    @Import(Service.class)
    static class Application {

    }

    static class Service {

        final AtomicReference<Runnable> inside = new AtomicReference<>(() -> {
        });

        final AtomicReference<CompletableFuture<String>> later = new AtomicReference<>(new CompletableFuture<>());

        @Cacheable("things")
        public String plain(int key) {
            this.inside.get().run();
            return "value";
        }

        @Cacheable(cacheNames = "things", unless = "true")
        public String unstored(int key) {
            return "value";
        }

        @Cacheable("things")
        public CompletableFuture<String> future(int key) {
            return this.later.get();
        }

    }

    /** A test of the proxy, with what is behind it. */
    private interface Scenario {

        void play(Service service, Service target, CacheManager caches);

    }

    private void run(EmbeddedMemcached server, Scenario scenario) {
        new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class,
                            MemlinkCacheAutoConfiguration.class, CacheAutoConfiguration.class))
            .withUserConfiguration(Application.class)
            .withPropertyValues("memlink.backends=127.0.0.1:" + server.port(), "memlink.request-timeout=10s")
            .run((context) -> {
                Service service = context.getBean(Service.class);
                scenario.play(service, AopTestUtils.getTargetObject(service), context.getBean(CacheManager.class));
            });
    }

    private static long placeholders(EmbeddedMemcached server) {
        return server.items().stream().filter((item) -> item.value().length == 0).map(StoredItem::key).count();
    }

    private static Runnable failing() {
        return () -> {
            throw new IllegalStateException("of the method");
        };
    }

    @Test
    void aMethodThatFailsLeavesNothing(EmbeddedMemcached server) {
        run(server, (service, target, caches) -> {
            target.inside.set(() -> {
                assertThat(placeholders(server)).isOne();
                failing().run();
            });
            assertThatIllegalStateException().isThrownBy(() -> service.plain(1)).withMessage("of the method");
            await().until(() -> placeholders(server) == 0);
        });
    }

    @Test
    void aMethodWhoseValueIsNotCachedLeavesNothing(EmbeddedMemcached server) {
        run(server, (service, target, caches) -> {
            assertThat(service.unstored(1)).isEqualTo("value");
            await().until(() -> placeholders(server) == 0);
        });
    }

    @Test
    void aFutureThatFailsLeavesNothing(EmbeddedMemcached server) {
        run(server, (service, target, caches) -> {
            CompletableFuture<String> future = service.future(1);
            await().until(() -> placeholders(server) == 1);
            target.later.get().completeExceptionally(new IllegalStateException("of the method"));
            assertThat(catchThrowable(future::join)).hasRootCauseMessage("of the method");
            await().until(() -> placeholders(server) == 0);
        });
    }

    @Test
    void aFutureThatEndsLaterThanItsMethodIsStored(EmbeddedMemcached server) {
        run(server, (service, target, caches) -> {
            CompletableFuture<String> future = service.future(1);
            await().until(() -> placeholders(server) == 1);
            target.later.get().complete("later");
            assertThat(future.join()).isEqualTo("later");
            await().until(() -> "later".equals(caches.getCache("things").get(1, String.class)));
        });
    }

    @Test
    void theEndOfAMethodIsNotThatOfTheOneWhichCallsIt(EmbeddedMemcached server) {
        run(server, (service, target, caches) -> {
            target.inside.set(() -> {
                target.inside.set(failing());
                assertThatIllegalStateException().isThrownBy(() -> service.plain(2));
                assertThat(service.unstored(3)).isEqualTo("value");
            });
            assertThat(service.plain(1)).isEqualTo("value");
            await().until(() -> placeholders(server) == 0);
            assertThat(caches.getCache("things").get(1, String.class)).isEqualTo("value");
        });
    }

    @Test
    void aCacheThatOutlivesTheMethodThatAskedForItStillPuts(EmbeddedMemcached server) {
        run(server, (service, target, caches) -> {
            AtomicReference<Cache> kept = new AtomicReference<>();
            target.inside.set(() -> kept.set(caches.getCache("things")));
            service.plain(1);
            assertThat(kept.get().get(2)).isNull();
            kept.get().put(2, "two");
            assertThat(caches.getCache("things").get(2, String.class)).isEqualTo("two");
        });
    }

}
