package io.memlink.spring.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.error.MemlinkException;
import io.memlink.spring.JsonTranscoder;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnError;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

@EmbeddedMemcachedTest
class AsynchronousMethodsTests {

    private static final ThreadLocal<String> CONTEXT = new ThreadLocal<>();

    private MemlinkClient client;

    private MemlinkCacheManager manager;

    private EmbeddedMemcached server;

    private ExecutorService executor;

    @BeforeEach
    void connect(EmbeddedMemcached server) {
        this.server = server;
        this.client = MemlinkClient.builder().backends("127.0.0.1:" + server.port()).build();
        this.client.blocking().get("connected");
        this.executor = Executors.newFixedThreadPool(2, (task) -> {
            Thread thread = new Thread(task, "application");
            thread.setDaemon(true);
            return thread;
        });
    }

    private Cache open(MemlinkCacheManager.Builder builder) {
        this.manager = builder.build();
        this.manager.afterPropertiesSet();
        return this.manager.getCache("pages");
    }

    private MemlinkCacheManager.Builder builder() {
        return MemlinkCacheManager.builder(this.client, new JsonTranscoder(JsonMapper.shared(), List.of()));
    }

    @AfterEach
    void close() {
        this.manager.destroy();
        this.client.close();
        this.executor.shutdownNow();
    }

    private CompletableFuture<String> page(int id) {
        Cache prices = this.manager.getCache("prices");
        return this.manager.getCache("pages")
            .retrieve("page" + id,
                    () -> CompletableFuture.completedFuture("page " + prices
                        .retrieve("price" + id, () -> CompletableFuture.supplyAsync(() -> "price " + id, this.executor))
                        .join()));
    }

    private void loadPages(int count) {
        List<CompletableFuture<String>> pages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pages.add(page(i));
        }
        assertThat(CompletableFuture.allOf(pages.toArray(new CompletableFuture<?>[0])).orTimeout(20, TimeUnit.SECONDS))
            .succeedsWithin(Duration.ofSeconds(20));
        assertThat(pages.get(0).join()).isEqualTo("page price 0");
    }

    @Test
    void methodsThatWaitForEachOtherEnd() {
        open(builder());
        loadPages(20);
    }

    @Test
    void methodsThatWaitForEachOtherEndInAnExecutorOfTheApplication() {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            open(builder().executor(threads));
            loadPages(20);
        }
        finally {
            threads.shutdownNow();
        }
    }

    @Test
    void methodsRunInTheExecutorOfTheApplication() {
        Cache cache = open(builder().executor(this.executor));
        assertThat(cache.retrieve("key", () -> CompletableFuture.completedFuture(Thread.currentThread().getName())))
            .succeedsWithin(Duration.ofSeconds(5))
            .isEqualTo("application");
        assertThat(cache.retrieve("other").thenApply((miss) -> Thread.currentThread().getName()))
            .succeedsWithin(Duration.ofSeconds(5))
            .isIn("application", Thread.currentThread().getName());
    }

    @Test
    void methodsRunInTheContextOfTheirCaller() {
        Cache cache = open(builder().executor(this.executor).taskDecorator((task) -> {
            String context = CONTEXT.get();
            return () -> {
                CONTEXT.set(context);
                try {
                    task.run();
                }
                finally {
                    CONTEXT.remove();
                }
            };
        }));
        CONTEXT.set("of the caller");
        try {
            assertThat(cache.retrieve("key", () -> CompletableFuture.completedFuture(CONTEXT.get())))
                .succeedsWithin(Duration.ofSeconds(5))
                .isEqualTo("of the caller");
        }
        finally {
            CONTEXT.remove();
        }
    }

    @Test
    void anExecutorThatRefusesEndsNoCall() {
        this.executor.shutdown();
        Cache cache = open(builder().executor(this.executor));
        assertThat(cache.retrieve("key", () -> CompletableFuture.completedFuture("value")))
            .succeedsWithin(Duration.ofSeconds(5))
            .isEqualTo("value");
    }

    @Test
    void failuresArriveAsTheyAre() {
        MemlinkCacheConfiguration throwing = MemlinkCacheConfiguration.builder().onError(OnError.THROW).build();
        Cache cache = open(builder().cacheDefaults(throwing));
        cache.get("key");
        CompletableFuture<?> loading = cache
            .<String>retrieve("key", () -> CompletableFuture.failedFuture(new IllegalStateException("broken")))
            .exceptionally((failure) -> {
                assertThat(failure).isInstanceOf(IllegalStateException.class);
                return null;
            });
        assertThat(loading).succeedsWithin(Duration.ofSeconds(5));
        this.server.faults().next("mg", Fault.ignoreRequest());
        CompletableFuture<?> direct = cache.retrieve("key").exceptionally((failure) -> {
            assertThat(failure).isInstanceOf(MemlinkException.class);
            return null;
        });
        assertThat(direct).succeedsWithin(Duration.ofSeconds(5));
    }

}
