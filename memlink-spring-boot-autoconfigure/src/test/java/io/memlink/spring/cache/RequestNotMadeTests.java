package io.memlink.spring.cache;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.spring.JsonTranscoder;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request that cannot be made is a miss, also where it is made in the callback of
 * another request.
 */
@EmbeddedMemcachedTest
@ExtendWith(OutputCaptureExtension.class)
class RequestNotMadeTests {

    private MemlinkClient client;

    private MemlinkCacheManager manager;

    private MemlinkCache cache;

    @BeforeEach
    void open(EmbeddedMemcached server) {
        this.client = MemlinkClient.builder().backends("127.0.0.1:" + server.port()).build();
        this.client.blocking().get("connected");
        MemlinkClient refusing = (MemlinkClient) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { MemlinkClient.class }, (proxy, method, arguments) -> {
                    if (method.getName().equals("send")) {
                        throw new IllegalArgumentException("recacheBelow: PT1S (expected: something else)");
                    }
                    try {
                        return method.invoke(this.client, arguments);
                    }
                    catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
        this.manager = MemlinkCacheManager.builder(refusing, new JsonTranscoder(JsonMapper.shared(), List.of()))
            .cacheDefaults(MemlinkCacheConfiguration.builder().near(NearCacheConfiguration.defaults()).build())
            .build();
        this.manager.afterPropertiesSet();
        this.cache = (MemlinkCache) this.manager.getCache("things");
    }

    @AfterEach
    void close() {
        this.manager.destroy();
        this.client.close();
    }

    private void counted(int misses) {
        assertThat(this.cache.getStatistics().get(Count.MISSES)).isEqualTo(misses);
        assertThat(this.cache.getStatistics().get(Count.FAILURES)).isEqualTo(misses);
    }

    @Test
    void aReadIsAMiss(CapturedOutput output) {
        // The first waits for the generation, the second knows it.
        assertThat(this.cache.get("key")).isNull();
        assertThat(this.cache.get("key")).isNull();
        counted(2);
        assertThat(output).contains("Cache things: read failed, treated as a miss")
            .contains("recacheBelow: PT1S (expected: something else)");
    }

    @Test
    void aSynchronizedMethodIsCalled() {
        assertThat(this.cache.<String>get("key", () -> "loaded")).isEqualTo("loaded");
        assertThat(this.cache.<String>get("key", () -> "again")).isEqualTo("again");
        counted(2);
    }

    @Test
    void aFutureIsAMiss() throws Exception {
        assertThat(this.cache.retrieve("key").get(10, TimeUnit.SECONDS)).isNull();
        assertThat(
                this.cache.retrieve("key", () -> CompletableFuture.completedFuture("loaded")).get(10, TimeUnit.SECONDS))
            .isEqualTo("loaded");
        counted(2);
    }

}
