package io.memlink.spring.boot.autoconfigure;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.error.MemlinkClosedException;
import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What contexts leave behind that are started, paused, stopped and thrown away.
 */
class ContextLifecycleTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, MemlinkAutoConfiguration.class,
                MemlinkTemplateAutoConfiguration.class, MemlinkCacheAutoConfiguration.class,
                CacheAutoConfiguration.class))
        .withUserConfiguration(Caching.class)
        .withPropertyValues("memlink.request-timeout=10s", "memlink.clients.second.request-timeout=10s",
                "memlink.serialization.trusted-packages=io.memlink");

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

    }

    /**
     * Loaded anew with each restart, as the classes of an application are. No record: the
     * JDK never forgets a record that was compared.
     */
    public static class Book {

        public String title = "title";

    }

    @Test
    void twentyContextsLeaveNoThread() {
        Set<Long> before = threads();
        for (int i = 0; i < 20; i++) {
            this.runner.run((context) -> {
                MemlinkTemplate template = context.getBean("secondMemlinkTemplate", MemlinkTemplate.class);
                template.set("key", "value", Duration.ofMinutes(1));
                assertThat(template.get("key")).isEqualTo("value");
                context.getBean(CacheManager.class).getCache("books").put("key", "value");
            });
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> before.containsAll(threads()));
    }

    private static Set<Long> threads() {
        return Thread.getAllStackTraces()
            .keySet()
            .stream()
            .filter((thread) -> thread.getName().contains("memlink") || thread.getName().contains("embedded"))
            .map(Thread::getId)
            .collect(Collectors.toSet());
    }

    @Test
    void restartsReadTheClassesOfTheirOwnAndForgetThoseBefore() throws Exception {
        WeakReference<ClassLoader> first = new WeakReference<>(runWithClassesOfItsOwn());
        WeakReference<ClassLoader> second = new WeakReference<>(runWithClassesOfItsOwn());
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return first.get() == null && second.get() == null;
        });
    }

    private ClassLoader runWithClassesOfItsOwn() throws Exception {
        try (RestartLoader loader = new RestartLoader()) {
            this.runner.withClassLoader(loader).run((context) -> {
                Class<?> type = loader.loadClass(Book.class.getName());
                assertThat(type).isNotSameAs(Book.class);
                Object book = type.getConstructor().newInstance();
                MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
                template.set("book", book, Duration.ofMinutes(1));
                assertThat(template.get("book")).isInstanceOf(type);
                context.getBean(CacheManager.class).getCache("books").put("book", book);
                assertThat(context.getBean(CacheManager.class).getCache("books").get("book", type)).isInstanceOf(type);
            });
            return loader;
        }
    }

    @Test
    void pausesAndGoesOn() {
        this.runner.run((context) -> {
            ConfigurableApplicationContext lifecycle = context.getSourceApplicationContext();
            MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
            for (int i = 0; i < 3; i++) {
                template.set("key", "value" + i, Duration.ofMinutes(1));
                lifecycle.pause();
                assertThatThrownBy(() -> template.get("key")).isInstanceOf(MemlinkClosedException.class);
                lifecycle.restart();
                assertThat(template.get("key")).isEqualTo("value" + i);
            }
        });
    }

    @Test
    void beginsEarlyWhereABeanUsesItBeforeTheStart() {
        this.runner.withBean("warm", WarmUp.class).run((context) -> {
            assertThat(context.getBean(WarmUp.class).found).isEqualTo("value");
            assertThat(context.getBean(MemlinkTemplate.class).get("warm")).isEqualTo("value");
        });
    }

    /** Uses the cache before the context starts. */
    static class WarmUp {

        private final Object found;

        WarmUp(MemlinkTemplate template) {
            template.set("warm", "value", Duration.ofMinutes(1));
            this.found = template.get("warm");
        }

    }

    @Test
    void isCheckedWhenTheContextStartsAlsoIfItWasUsedBefore() {
        this.runner.withPropertyValues("memlink.backends=127.0.0.1:1", "memlink.fail-fast=true")
            .withBean(EarlyUse.class)
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("memlink.fail-fast is set, but a backend is not usable"));
    }

    /** Begins the client before the context starts. */
    static class EarlyUse {

        EarlyUse(MemlinkClient client) {
            assertThat(client.backends()).hasSize(1);
            assertThat(client.isRunning()).isTrue();
        }

    }

    @Test
    void backendsAreUpOnceACheckedContextHasStarted() {
        this.runner.withPropertyValues("memlink.fail-fast=true").run((context) -> {
            MemlinkClient client = context.getBean("memlinkClient", MemlinkClient.class);
            assertThat(client.backends()).allMatch((backend) -> backend.state() == State.UP);
            ConfigurableApplicationContext lifecycle = context.getSourceApplicationContext();
            lifecycle.pause();
            assertThat(client.isRunning()).isFalse();
            lifecycle.restart();
            assertThat(client.isRunning()).isTrue();
            assertThat(client.backends()).allMatch((backend) -> backend.state() == State.UP);
        });
    }

    @Test
    void stopsAfterTheWebServerAndStartsBeforeIt() {
        this.runner.run((context) -> {
            MemlinkClientLifecycle client = context.getBean("memlinkClientLifecycle", MemlinkClientLifecycle.class);
            // Web servers start at MAX_VALUE - 2048, and finish their requests before.
            assertThat(client.getPhase()).isLessThan(Integer.MAX_VALUE - 2048);
            assertThat(client.isAutoStartup()).isTrue();
            assertThat(client.isPauseable()).isTrue();
        });
    }

    /** Has its own version of some classes, as the loader of devtools does. */
    private static final class RestartLoader extends URLClassLoader {

        private RestartLoader() {
            super(new URL[] { ContextLifecycleTests.class.getProtectionDomain().getCodeSource().getLocation() },
                    ContextLifecycleTests.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(ContextLifecycleTests.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return (loaded != null) ? loaded : findClass(name);
        }

    }

}
