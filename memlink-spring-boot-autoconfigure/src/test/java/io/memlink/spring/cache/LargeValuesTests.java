package io.memlink.spring.cache;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.spring.JsonTranscoder;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A value that is too large is not sent, whichever way it is stored: the server would
 * take it here.
 */
@EmbeddedMemcachedTest
@ExtendWith(OutputCaptureExtension.class)
class LargeValuesTests {

    private static final String LARGE = "x".repeat(4096);

    private static final String BOUND = "; memlink.max-item-bytes and the server's -I say how large an item may be";

    private MemlinkClient client;

    private MemlinkCacheManager manager;

    @BeforeEach
    void open(EmbeddedMemcached server) {
        this.client = MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .requestTimeout(Duration.ofSeconds(5))
            .maxItemBytes(2048)
            .build();
        this.client.blocking().get("connected");
        this.manager = manager(this.client);
    }

    private static MemlinkCacheManager manager(MemlinkClient client) {
        MemlinkCacheManager manager = MemlinkCacheManager
            .builder(client, new JsonTranscoder(JsonMapper.shared(), List.of()))
            .build();
        manager.afterPropertiesSet();
        return manager;
    }

    @AfterEach
    void close() {
        this.manager.destroy();
        this.client.close();
    }

    /** Another view each time, as each operation of a method has. */
    private MemlinkCache cache() {
        return (MemlinkCache) this.manager.getCache("things");
    }

    enum Way {

        FILL {

            @Override
            void store(MemlinkCache cache) {
                assertThat(cache.get("key")).isNull();
                cache.put("key", LARGE);
            }

        },

        CHANGE {

            @Override
            void store(MemlinkCache cache) {
                cache.put("key", LARGE);
            }

        },

        SYNCHRONIZED {

            @Override
            void store(MemlinkCache cache) {
                assertThat(cache.<String>get("key", () -> LARGE)).isEqualTo(LARGE);
            }

        };

        abstract void store(MemlinkCache cache);

    }

    @ParameterizedTest
    @EnumSource
    void itIsRefusedAsAStore(Way way, CapturedOutput output) {
        MemlinkCache cache = cache();
        way.store(cache);
        await().until(() -> cache.getStatistics().get(Count.FAILURES) == 1);
        assertThat(cache().get("key")).as(way.name().toLowerCase(Locale.ROOT)).isNull();
        assertThat(cache.getStatistics().get(Count.PUTS)).isZero();
        assertThat(output).contains("Cache things: write failed")
            .contains("expected: at most 2048, as maxItemBytes and the server's -I say); not sent" + BOUND);
    }

    @Test
    void whatTheServerRefusesIsLoggedWithWhatBoundsIt(CapturedOutput output) {
        try (EmbeddedMemcached small = EmbeddedMemcached.builder().maxItemBytes(2048).start();
                MemlinkClient client = MemlinkClient.builder().backends("127.0.0.1:" + small.port()).build()) {
            client.blocking().get("connected");
            MemlinkCacheManager manager = manager(client);
            MemlinkCache cache = (MemlinkCache) manager.getCache("things");
            cache.put("key", LARGE);
            await().until(() -> cache.getStatistics().get(Count.FAILURES) == 1);
            assertThat(output).contains("SERVER_ERROR object too large for cache\"" + BOUND);
            manager.destroy();
        }
    }

    @Test
    void nextOneIsLoadedAtOnce() {
        MemlinkCache cache = cache();
        Way.FILL.store(cache);
        await().until(() -> cache.getStatistics().get(Count.FAILURES) == 1);
        // Whoever holds a lease would keep this one waiting.
        assertThat(cache().<String>get("key", () -> "small")).isEqualTo("small");
        assertThat(cache().get("key", String.class)).isEqualTo("small");
    }

}
