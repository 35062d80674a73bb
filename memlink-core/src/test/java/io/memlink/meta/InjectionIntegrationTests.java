package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.memlink.meta.wire.ServerVersion;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests of which a real server would execute a part as a command of its own, where a
 * client lets them through. They are tried with the server that has these weaknesses; an
 * item that was there before is there afterwards.
 */
@MemcachedTest
class InjectionIntegrationTests {

    private static final byte[] FLUSH = "flush_all".getBytes(StandardCharsets.US_ASCII);

    private static final Key SENTINEL = Key.of("sentinel");

    @Test
    void theServerIsOneThatCanBeHarmed(MemcachedProcess server) {
        server.command("ms sentinel 1\r\nx\r\n");
        server.command("ms " + "k".repeat(251) + " 9\r\nflush_all\r\n");
        boolean harmed = server.command("mg sentinel v").startsWith("EN");
        // Since 1.6.40 servers skip the value of a request that they refuse.
        assertThat(harmed).isEqualTo(!ServerVersion.parse(server.stats().get("version")).isAtLeast(1, 6, 40));
    }

    @Test
    void noKeyValueOrTokenBecomesACommand(MemcachedProcess server) throws Exception {
        try (TestServerLink link = TestServerLink.to(server)) {
            link.send(MetaSet.builder(SENTINEL, new byte[] { 'x' }).build());
            int sent = 0;
            for (Callable<MetaRequest<?>> attempt : attempts()) {
                MetaRequest<?> request;
                try {
                    request = attempt.call();
                }
                catch (IllegalArgumentException ex) {
                    // Never leaves the client.
                    continue;
                }
                sent++;
                awaitQuietly(link, request);
                assertThat(link.send(MetaGet.builder(SENTINEL).value().build())).isInstanceOfSatisfying(Hit.class,
                        (hit) -> assertThat(hit.value()).containsExactly('x'));
            }
            assertThat(sent).isGreaterThan(20);
        }
    }

    /** As base64 they are the same bytes, with a flag that says so. */
    @Test
    void aKeyThatReadsLikeAnotherInBase64IsAnotherKey(MemcachedProcess server) {
        try (TestServerLink link = TestServerLink.to(server)) {
            Key encoded = Key.of("a b");
            Key plain = Key.of(new String(encoded.wire(), StandardCharsets.US_ASCII));
            link.send(MetaSet.builder(encoded, new byte[] { '1' }).build());
            assertThat(link.send(MetaGet.value(plain))).isSameAs(MetaReply.Miss.INSTANCE);
            link.send(MetaSet.builder(plain, new byte[] { '2' }).build());
            assertThat(link.send(MetaGet.value(encoded))).isInstanceOfSatisfying(Hit.class,
                    (hit) -> assertThat(hit.value()).containsExactly('1'));
            assertThat(server.command("mg a v\r\n")).startsWith("EN");
        }
    }

    private static void awaitQuietly(TestServerLink link, MetaRequest<?> request) throws Exception {
        try {
            link.sendLater(request).get(10, TimeUnit.SECONDS);
        }
        catch (ExecutionException ex) {
            // A refusal is fine.
        }
    }

    private static List<Callable<MetaRequest<?>>> attempts() {
        List<Callable<MetaRequest<?>>> attempts = new ArrayList<>();
        List<String> names = List.of("k".repeat(251), "k".repeat(250), "k".repeat(2048), "", " ", "a\r\nflush_all\r\n",
                "a\nflush_all\n", "\r\n", "a\u0000b", "\u0000", "a flush_all", "k\t", "k\u007f", "b ".repeat(93),
                "b ".repeat(94), "k N30 q", "k S9\r\nflush_all", "k b q O1", "YSBi", "YSBi b", "\ud800",
                "ü".repeat(125), "ü".repeat(126), "\u0085", "\u2028flush_all");
        for (String name : names) {
            attempts.add(() -> MetaSet.builder(Key.of(name), FLUSH).build());
            attempts.add(() -> MetaSet.builder(Key.folded(name), FLUSH).build());
            attempts.add(() -> MetaGet.builder(Key.of(name)).value().build());
            attempts.add(() -> MetaDelete.builder(Key.of(name)).build());
            attempts.add(() -> MetaArithmetic.builder(Key.of(name)).build());
            attempts.add(() -> MetaDebug.of(Key.of(name)));
        }
        Key key = Key.of("k");
        for (byte[] value : List.of(FLUSH, "\r\nflush_all\r\n".getBytes(StandardCharsets.US_ASCII), new byte[0],
                new byte[1_100_000], "x\r\nflush_all".getBytes(StandardCharsets.US_ASCII))) {
            attempts.add(() -> MetaSet.builder(key, value).build());
            attempts.add(() -> MetaSet.builder(key, value).mode(MetaSet.Mode.APPEND).build());
            attempts.add(() -> everyFlag(key, value));
        }
        attempts.add(() -> MetaSet.builder(key, FLUSH).proxyTokenP("x\r\nflush_all").build());
        attempts.add(() -> MetaSet.builder(key, FLUSH).proxyTokenL("").build());
        return attempts;
    }

    /** As many flags as can be set for a server of any version. */
    private static MetaSet everyFlag(Key key, byte[] value) {
        return MetaSet.builder(key, value)
            .compareCas(-1)
            .clientFlags(-1)
            .invalidate()
            .mode(MetaSet.Mode.REPLACE)
            .expiration(Expiration.after(Duration.ofDays(1)))
            .size()
            .casToken()
            .echoKey()
            .proxyTokenL("l".repeat(64))
            .proxyTokenP("p".repeat(64))
            .build();
    }

}
