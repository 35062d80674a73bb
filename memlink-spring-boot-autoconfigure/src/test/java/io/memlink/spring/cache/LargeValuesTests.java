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
        this.manager = MemlinkCacheManager.builder(this.client, new JsonTranscoder(JsonMapper.shared(), List.of()))
            .build();
        this.manager.afterPropertiesSet();
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
        assertThat(output).contains("Cache things: write failed").contains("expected: at most 2048); not sent");
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
