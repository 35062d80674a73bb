package io.memlink.transcoder;

import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.memlink.BlockingValueOperations;
import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.error.MemlinkDecodingException;
import io.memlink.meta.Expiration;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import net.rubyeye.xmemcached.XMemcachedClient;
import net.spy.memcached.DefaultConnectionFactory;
import net.spy.memcached.MemcachedClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The same values in one server, with the real clients of others.
 */
@MemcachedTest
class InteropIntegrationTests {

    private static final Expiration MINUTE = Expiration.after(Duration.ofMinutes(1));

    private MemlinkClient client;

    private BlockingValueOperations<Object> memlink;

    private MemcachedClient spy;

    private XMemcachedClient xmemcached;

    @BeforeEach
    void connect(MemcachedProcess server) throws Exception {
        this.client = MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .requestTimeout(Duration.ofSeconds(5))
            .throwOnUndecodable(true)
            .build();
        JdkTranscoder objects = new JdkTranscoder(Values.FILTER + ";java.lang.Character;java.lang.Short",
                getClass().getClassLoader());
        this.memlink = this.client.blocking().with(new InteropTranscoder(objects));
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.port());
        this.spy = new MemcachedClient(new DefaultConnectionFactory(), List.of(address));
        this.xmemcached = new XMemcachedClient(address);
        this.xmemcached.setOpTimeout(5000);
    }

    @AfterEach
    void close() throws Exception {
        this.client.close();
        this.spy.shutdown();
        this.xmemcached.shutdown();
    }

    /** All types with a form of their own, and others, at their edges. */
    private static List<Object> values() {
        List<Object> values = new ArrayList<>(List.of("", "text", "größer 💡", "{\"json\":1}", true, false, 0, 1, -1,
                255, 256, Integer.MIN_VALUE, Integer.MAX_VALUE, 0L, 1L, -1L, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE,
                (byte) 0, (byte) 1, Byte.MIN_VALUE, Byte.MAX_VALUE, 0f, -0f, 1.5f, Float.NaN, Float.MIN_VALUE,
                Float.NEGATIVE_INFINITY, 0d, -0d, 1.5, Double.NaN, Double.MAX_VALUE, new Date(0), new Date(-1),
                new Date(1_795_574_078_000L), new byte[0], new byte[] { 0, -1, 13, 10 }));
        values.addAll(List.of("x".repeat(16_384), "x".repeat(16_385), "large and compressed, ".repeat(30_000),
                "{\"a\":\"" + "b".repeat(20_000) + "\"}", new byte[100_000], new byte[16_385]));
        values.addAll(List.of('c', (short) 7, new BigDecimal("12.340"), new ArrayList<>(Arrays.asList("a", null, 1L)),
                new LinkedHashMap<>(Map.of("key", new ArrayList<>(List.of("element ".repeat(5_000)))))));
        return values;
    }

    @Test
    void readsWhatSpymemcachedWrites() throws Exception {
        for (Object value : values()) {
            assertThat(this.spy.set("key", 60, value).get(5, TimeUnit.SECONDS)).isTrue();
            assertSame(this.memlink.get("key"), value);
        }
    }

    @Test
    void spymemcachedReadsWhatIsWritten() {
        for (Object value : values()) {
            this.memlink.set("key", value, MINUTE);
            assertSame(this.spy.get("key"), value);
        }
    }

    @Test
    void readsWhatXmemcachedWrites() throws Exception {
        for (Object value : values()) {
            assertThat(this.xmemcached.set("key", 60, value)).isTrue();
            assertSame(this.memlink.get("key"), value);
        }
    }

    @Test
    void xmemcachedReadsWhatIsWritten() throws Exception {
        for (Object value : values()) {
            this.memlink.set("key", value, MINUTE);
            Object read = this.xmemcached.get("key");
            assertSame(read, value);
        }
    }

    private static void assertSame(Object read, Object value) {
        assertThat(read).as("%s", value).isNotNull();
        assertThat(Values.same(read, value)).as("%s", value).isTrue();
    }

    @Test
    void countersAreTextForAll() throws Exception {
        assertThat(this.spy.incr("counter", 1, 9)).isEqualTo(9);
        assertThat(this.xmemcached.incr("counter", 1)).isEqualTo(10);
        assertThat(this.client.blocking().increment("counter", 1)).isEqualTo(11);
        assertThat(this.memlink.get("counter")).isEqualTo("11");
        assertThat(this.client.blocking().decrement("counter", 2)).isEqualTo(9);
        assertThat(this.client.blocking().with(NumberTranscoder.longs()).get("counter")).isEqualTo(9L);
    }

    @Test
    void numbersOfObjectsCanBeCounted() {
        Transcoder<Object> objects = new ObjectTranscoder(
                new JdkTranscoder("java.util.ArrayList", getClass().getClassLoader()));
        BlockingValueOperations<Object> values = this.client.blocking().with(objects);
        values.set("number", 9L, MINUTE);
        assertThat(this.client.blocking().increment("number", 1)).isEqualTo(10);
        assertThat(values.get("number")).isEqualTo(10L);
        values.set("number", 10, MINUTE);
        assertThat(this.client.blocking().decrement("number", 1)).isEqualTo(9);
        assertThat(values.get("number")).isEqualTo(9);
    }

    @Test
    void valuesOfTheOtherLayoutAreRefused() throws Exception {
        assertThat(this.spy.set("key", 60, 42).get(5, TimeUnit.SECONDS)).isTrue();
        BlockingValueOperations<Object> own = this.client.blocking()
            .with(new ObjectTranscoder(new JdkTranscoder("java.util.ArrayList", getClass().getClassLoader())));
        assertThatThrownBy(() -> own.get("key")).isInstanceOf(MemlinkDecodingException.class)
            .hasMessageContaining("flags: 0x200");
        own.set("key", 42, MINUTE);
        assertThatThrownBy(() -> this.memlink.get("key")).isInstanceOf(MemlinkDecodingException.class)
            .hasMessageContaining("flags: 0x4d4c0005");
    }

}
