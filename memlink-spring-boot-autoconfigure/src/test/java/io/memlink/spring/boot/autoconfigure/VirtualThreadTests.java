package io.memlink.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import io.memlink.test.EmbeddedMemcachedTest;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.thread.Threading;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls from the threads that {@code spring.threads.virtual.enabled} gives: virtual ones
 * where the JDK has them.
 */
@EmbeddedMemcachedTest
class VirtualThreadTests {

    private static final int CALLERS = 500;

    @TempDir
    private Path directory;

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

    }

    @Test
    void manyCallersWaitAndNoneIsPinned(EmbeddedMemcached server) {
        new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class,
                    MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class,
                    MemlinkCacheAutoConfiguration.class, CacheAutoConfiguration.class))
            .withUserConfiguration(Caching.class)
            .withPropertyValues("spring.threads.virtual.enabled=true", "memlink.backends=127.0.0.1:" + server.port(),
                    "memlink.request-timeout=10s")
            .run((context) -> {
                MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
                Cache cache = context.getBean(CacheManager.class).getCache("squares");
                // Loading classes pins, once.
                assertThat(call(template, cache, -1)).isTrue();
                AsyncTaskExecutor executor = context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
                boolean virtual = Threading.VIRTUAL.isActive(context.getEnvironment());
                assertThat(executor.submit(VirtualThreadTests::isVirtual).get()).isEqualTo(virtual);
                assertThat(pinned(() -> callFromMany(executor, template, cache))).isEmpty();
            });
    }

    private static void callFromMany(AsyncTaskExecutor executor, MemlinkTemplate template, Cache cache)
            throws Exception {
        List<Future<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            int number = i;
            calls.add(executor.submit(() -> call(template, cache, number)));
        }
        for (Future<Boolean> call : calls) {
            assertThat(call.get()).isTrue();
        }
    }

    private static boolean call(MemlinkTemplate template, Cache cache, int number) {
        template.set("key" + number, "value" + number, Duration.ofMinutes(1));
        Integer square = cache.get(number % 10, () -> (number % 10) * (number % 10));
        return ("value" + number).equals(template.get("key" + number)) && square == (number % 10) * (number % 10);
    }

    /** Asked in this way, since Java 17 has no such method. */
    private static boolean isVirtual() {
        return Thread.currentThread().getThreadGroup() != null
                && "VirtualThreads".equals(Thread.currentThread().getThreadGroup().getName());
    }

    private List<RecordedEvent> pinned(Calls calls) throws Exception {
        Path file = this.directory.resolve("pinned.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withStackTrace().withThreshold(Duration.ZERO);
            recording.start();
            calls.make();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream().filter(VirtualThreadTests::isOurs).toList();
    }

    private static boolean isOurs(RecordedEvent event) {
        return event.getStackTrace() != null && event.getStackTrace()
            .getFrames()
            .stream()
            .map(RecordedFrame::getMethod)
            .anyMatch((method) -> method.getType().getName().startsWith("io.memlink."));
    }

    private interface Calls {

        void make() throws Exception;

    }

}
