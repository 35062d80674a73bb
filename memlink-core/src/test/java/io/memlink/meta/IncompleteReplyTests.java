package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.memlink.error.MemlinkProtocolException;
import io.memlink.link.LinkTesting;
import io.memlink.link.Request;
import io.memlink.meta.classic.ServerCommands;
import io.memlink.meta.wire.ServerVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Replies that lack what was asked for are none, whatever the command.
 */
class IncompleteReplyTests {

    private static final Key KEY = Key.of("foo");

    private static final ServerVersion NEW = ServerVersion.parse("1.6.40");

    /** Reads a reply in which a dollar sign stands for the opaque of the request. */
    private static <R> R decode(Request<R> request, ServerVersion version, String reply) {
        String sent = new String(LinkTesting.encode(request, version), StandardCharsets.ISO_8859_1);
        int mark = sent.indexOf(" O");
        String opaque = (mark >= 0) ? sent.substring(mark + 1, mark + 7) : "";
        return LinkTesting.decode(request.decoder(), version,
                reply.replace("$", opaque).replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    static Stream<Arguments> incomplete() {
        MetaGet.Builder get = MetaGet.builder(KEY);
        return Stream.of(Arguments.of(MetaGet.value(KEY), "HD $|"), Arguments.of(MetaGet.value(KEY), "HD f0 $|"),
                Arguments.of(MetaGet.value(KEY), "VA 1 $|x|"), Arguments.of(MetaGet.value(KEY), "VA 1 c1 $|x|"),
                Arguments.of(get.casToken().build(), "HD $|"),
                Arguments.of(MetaGet.builder(KEY).value().clientFlags().casToken().build(), "VA 1 f0 t-1 $|x|"),
                Arguments.of(MetaGet.builder(KEY).timeToLive().build(), "HD s3 $|"),
                Arguments.of(MetaGet.builder(KEY).size().build(), "HD $|"),
                Arguments.of(MetaGet.builder(KEY).hitBefore().build(), "HD $|"),
                Arguments.of(MetaGet.builder(KEY).lastAccess().build(), "HD h0 $|"),
                Arguments.of(MetaGet.builder(KEY).echoKey().build(), "HD $|"),
                Arguments.of(MetaGet.builder(KEY).unlessCas(1).value().casToken().build(), "HD $|"),
                Arguments.of(MetaSet.builder(KEY, new byte[1]).casToken().build(), "HD $|"),
                Arguments.of(MetaSet.builder(KEY, new byte[1]).size().build(), "HD $|"),
                Arguments.of(MetaSet.builder(KEY, new byte[1]).echoKey().build(), "HD c1 $|"),
                Arguments.of(MetaDelete.builder(KEY).echoKey().build(), "HD $|"),
                Arguments.of(MetaArithmetic.builder(KEY).value().build(), "HD $|"),
                Arguments.of(MetaArithmetic.builder(KEY).value().casToken().build(), "VA 1 $|5|"),
                Arguments.of(MetaArithmetic.builder(KEY).timeToLive().build(), "HD c1 $|"),
                Arguments.of(MetaArithmetic.builder(KEY).echoKey().build(), "HD $|"),
                Arguments.of(MetaArithmetic.builder(KEY).value().build(), "VA 0 $||"),
                Arguments.of(MetaBatch.of(List.of(MetaGet.value(KEY))), "HD $|MN|"),
                Arguments.of(MetaBatch.of(List.of(MetaArithmetic.builder(KEY).value().build())), "HD $|MN|"),
                Arguments.of(MetaBatch.ofValues(List.of(KEY, Key.of("bar"))), "HD f0 $|END|"),
                Arguments.of(MetaBatch.ofValues(List.of(KEY, Key.of("bar"))), "VA 1 $|x|END|"),
                Arguments.of(MetaBatch.ofValues(List.of(KEY, Key.of("bar"))), "EN $|VALUE bar|END|"),
                Arguments.of(MetaNoop.INSTANCE, "MN x|"), Arguments.of(MetaNoop.INSTANCE, "HD|"),
                Arguments.of(MetaDebug.of(KEY), "ME foo|"), Arguments.of(ServerCommands.version(), "VERSION|"),
                Arguments.of(ServerCommands.version(), "VERSION |"), Arguments.of(ServerCommands.stats(), "END|"),
                Arguments.of(ServerCommands.stats(), "STAT|END|"), Arguments.of(ServerCommands.flushAll(), "|"),
                Arguments.of(ServerCommands.clusterConfig(), "CONFIG cluster 0 0|1|END|"),
                Arguments.of(ServerCommands.metadump((item) -> {
                }), "key=foo exp=-1|END|"));
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void isAViolation(Request<?> request, String reply) {
        assertThatExceptionOfType(MemlinkProtocolException.class).isThrownBy(() -> decode(request, NEW, reply));
    }

    @Test
    void namesWhatIsMissing() {
        assertThatExceptionOfType(MemlinkProtocolException.class)
            .isThrownBy(() -> decode(MetaGet.builder(KEY).casToken().timeToLive().build(), NEW, "HD $|"))
            .withMessageContaining("(expected: the requested flags ct)");
    }

    @Test
    void leavesOutWhatItMay() {
        MetaGet unlessCas = MetaGet.builder(KEY).unlessCas(7).value().clientFlags().build();
        assertThat(decode(unlessCas, NEW, "HD f0 $|")).isInstanceOf(Hit.class);
        MetaSet size = MetaSet.builder(KEY, new byte[1]).size().build();
        assertThat(decode(size, ServerVersion.parse("1.6.19"), "HD $|")).isInstanceOf(Done.class);
        MetaGet all = MetaGet.builder(KEY)
            .value()
            .clientFlags()
            .casToken()
            .size()
            .timeToLive()
            .echoKey()
            .touch(Expiration.after(Duration.ofSeconds(5)))
            .build();
        assertThat(decode(all, NEW, "EN $|")).isSameAs(MetaReply.Miss.INSTANCE);
        assertThat(decode(all, NEW, "VA 1 s1 t5 f0 c9 kfoo $|x|")).isInstanceOf(Hit.class);
        assertThat(decode(MetaSet.builder(KEY, new byte[1]).casToken().build(), NEW, "NS $|"))
            .isSameAs(MetaReply.NotStored.INSTANCE);
        assertThat(decode(ServerCommands.stats("items"), NEW, "END|")).isEmpty();
    }

}
