package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.error.MemlinkDecodingException;
import io.memlink.error.MemlinkProtocolException;
import io.memlink.error.Outcome;
import io.memlink.link.ConnectionPool;
import io.memlink.link.Endpoint;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.LinkTesting;
import io.memlink.link.Request;
import io.memlink.meta.classic.MemcachedProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/**
 * An item that is larger than the client reads fails the read of that item, and nothing
 * else.
 */
class OversizeReplyTests {

    private static final Key LARGE = Key.of("large");

    private static final Key SMALL = Key.of("small");

    private static final String MESSAGE = "value: 5000 bytes (expected: at most 2048, which this client reads)";

    private static void assertTooLarge(@Nullable Throwable failure) {
        assertThat(failure).asInstanceOf(type(MemlinkDecodingException.class)).satisfies((ex) -> {
            assertThat(ex).hasMessage(MESSAGE);
            assertThat(ex.outcome()).isEqualTo(Outcome.UNKNOWN);
        });
    }

    @Test
    void failsOneReadAndTheConnectionLivesOn() {
        LinkOptions options = LinkOptions.builder()
            .poolSize(1)
            .maxValueBytes(2048)
            .requestTimeout(Duration.ofSeconds(10))
            .build();
        try (EmbeddedMemcached server = EmbeddedMemcached.start();
                LinkResources resources = new LinkResources(1, 1 << 20)) {
            ConnectionPool pool = new ConnectionPool(new Endpoint("127.0.0.1", server.port()),
                    new MemcachedProtocol(null), options, resources);
            pool.send(MetaSet.builder(LARGE, new byte[5000]).build()).join();
            pool.send(MetaSet.builder(SMALL, new byte[3]).build()).join();
            assertThatThrownBy(() -> pool.send(MetaGet.value(LARGE)).join())
                .satisfies((ex) -> assertTooLarge(ex.getCause()));
            List<Key> keys = List.of(SMALL, LARGE, SMALL, LARGE);
            for (Request<BatchReply> request : List.of(MetaBatch.of(keys.stream().map(MetaGet::value).toList()),
                    MetaBatch.ofValues(keys))) {
                BatchReply reply = pool.send(request).join();
                assertThat(reply.reply(0)).isInstanceOf(Hit.class);
                assertTooLarge(reply.failure(1));
                assertThat(reply.reply(2)).isInstanceOf(Hit.class);
                assertTooLarge(reply.failure(3));
            }
            BatchReply first = pool.send(MetaBatch.ofValues(List.of(LARGE, SMALL))).join();
            assertTooLarge(first.failure(0));
            assertThat(first.reply(1)).isInstanceOf(Hit.class);
            assertThat(pool.pending()).isZero();
            assertThat(server.totalConnections()).isEqualTo(1);
            pool.close(Duration.ZERO).join();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String opaque() {
        String sent = new String(LinkTesting.encode(MetaGet.value(LARGE), null), StandardCharsets.ISO_8859_1);
        return sent.substring(sent.indexOf(" O"), sent.indexOf('\r'));
    }

    /** No number is that long, so nothing is allocated for it, and nothing skipped. */
    @Test
    void endsTheConnectionWhereItIsToBeANumber() {
        Request.Decoder<MetaReply> decoder = MetaArithmetic.builder(LARGE).value().build().decoder();
        assertThatExceptionOfType(MemlinkProtocolException.class)
            .isThrownBy(() -> LinkTesting.decode(decoder, null, 2048, bytes("VA 2049" + opaque() + "\r\n")))
            .withMessage("block length: 2049 (expected: 0 to 2048)");
    }

    @Test
    void isSkippedInPieces() {
        Request.Decoder<MetaReply> decoder = MetaGet.value(LARGE).decoder();
        assertThatExceptionOfType(MemlinkDecodingException.class)
            .isThrownBy(() -> LinkTesting.decode(decoder, null, 2048, bytes("VA 5000 f0" + opaque() + "\r"),
                    bytes("\n" + "x".repeat(10)), bytes("x".repeat(4990)), bytes("\r"), bytes("\n")))
            .withMessage(MESSAGE);
    }

    @Test
    void endsTheConnectionWhereItIsNotCredible() {
        Request.Decoder<MetaReply> decoder = MetaGet.value(LARGE).decoder();
        for (String reply : List.of("VA 1073741825 f0" + opaque() + "\r\n", "VA 99999999999 f0" + opaque() + "\r\n",
                "VA 5000 f0 Oxxxxx\r\n", "VA 2049 f0" + opaque() + "\r\n" + "x".repeat(2049) + "yz")) {
            assertThatExceptionOfType(MemlinkProtocolException.class)
                .isThrownBy(() -> LinkTesting.decode(decoder, null, 2048, bytes(reply)));
        }
    }

}
