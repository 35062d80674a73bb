package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkServerException.Reason;
import io.memlink.error.Outcome;
import io.memlink.link.LinkTesting;
import io.memlink.link.Request;
import io.memlink.meta.wire.ServerVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The bytes of requests, and what is refused before there are any.
 */
class RequestTests {

    private static final Key KEY = Key.of("foo");

    private static final Key BINARY_KEY = Key.of("a b");

    private static final Expiration MINUTE = Expiration.after(Duration.ofMinutes(1));

    private static final byte[] DATA = { 'h', 'i' };

    private static String line(Request<?> request) {
        String text = new String(LinkTesting.encode(request, null), StandardCharsets.ISO_8859_1);
        assertThat(text.length()).isLessThanOrEqualTo(request.encodedBytes());
        return text.replaceAll(" O[A-Za-z0-9_-]{5}\r\n", " O\r\n").replace("\r\n", "|");
    }

    @Test
    void getAsksInTheOrderTheServerNeeds() {
        assertThat(line(MetaGet.builder(KEY).build())).isEqualTo("mg foo O|");
        assertThat(line(MetaGet.builder(KEY).value().clientFlags().build())).isEqualTo("mg foo v f O|");
        assertThat(line(MetaGet.builder(BINARY_KEY).value().build())).isEqualTo("mg YSBi b v O|");
        assertThat(line(MetaGet.builder(KEY)
            .timeToLive()
            .value()
            .clientFlags()
            .casToken()
            .hitBefore()
            .lastAccess()
            .size()
            .echoKey()
            .noBump()
            .unlessCas(9)
            .touch(MINUTE)
            .recacheBelow(Duration.ofMillis(29_001))
            .vivify(MINUTE)
            .newCas(-1)
            .proxyTokenP("p")
            .proxyTokenL("l")
            .build())).isEqualTo("mg foo N60 R30 T60 C9 u E18446744073709551615 Pp Ll s t v f c h l k O|");
    }

    @Test
    void getCanBeAskedAboutAnotherKey() {
        MetaGet get = MetaGet.builder(KEY).value().casToken().touch(MINUTE).vivify(MINUTE).build();
        assertThat(line(get.about(Key.of("bar")))).isEqualTo("mg bar N60 T60 v c O|");
        assertThat(line(get.about(BINARY_KEY))).isEqualTo("mg YSBi b N60 T60 v c O|");
        assertThat(get.about(BINARY_KEY).isChanging()).isTrue();
        assertThat(get.about(BINARY_KEY).decoder()).isSameAs(get.decoder());
        MetaGet echoing = MetaGet.builder(KEY).echoKey().build();
        assertThat(line(echoing.about(Key.of("bar")))).isEqualTo("mg bar k O|");
        assertThatIllegalArgumentException().isThrownBy(() -> echoing.about(BINARY_KEY))
            .withMessage("echoKey: \"a b\" (expected: a key without spaces and control characters)");
    }

    @Test
    void setTellsLengthAndFlags() {
        assertThat(line(MetaSet.builder(KEY, DATA).build())).isEqualTo("ms foo 2 O|hi|");
        assertThat(line(MetaSet.builder(KEY, new byte[0]).build())).isEqualTo("ms foo 0 O||");
        assertThat(line(MetaSet.builder(BINARY_KEY, DATA).build())).isEqualTo("ms YSBi 2 b O|hi|");
        assertThat(line(MetaSet.builder(KEY, DATA)
            .compareCas(0)
            .clientFlags(-1)
            .invalidate()
            .mode(MetaSet.Mode.APPEND)
            .vivify(Expiration.never())
            .expiration(Expiration.after(Duration.ZERO))
            .newCas(7)
            .size()
            .casToken()
            .echoKey()
            .build())).isEqualTo("ms foo 2 C0 F4294967295 I MA N0 T-1 E7 s c k O|hi|");
        assertThat(line(MetaSet.builder(KEY, DATA).mode(MetaSet.Mode.ADD).build())).isEqualTo("ms foo 2 ME O|hi|");
        assertThat(line(MetaSet.builder(KEY, DATA).mode(MetaSet.Mode.PREPEND).build())).isEqualTo("ms foo 2 MP O|hi|");
        assertThat(line(MetaSet.builder(KEY, DATA).mode(MetaSet.Mode.REPLACE).build())).isEqualTo("ms foo 2 MR O|hi|");
    }

    @Test
    void deleteMayKeepTheItem() {
        assertThat(line(MetaDelete.builder(KEY).build())).isEqualTo("md foo O|");
        assertThat(line(MetaDelete.builder(KEY)
            .compareCas(5)
            .markStale()
            .removeValue()
            .expiration(MINUTE)
            .newCas(6)
            .echoKey()
            .build())).isEqualTo("md foo C5 I x T60 E6 k O|");
    }

    @Test
    void arithmeticTellsTheTimeToLiveOfANewNumberLast() {
        assertThat(line(MetaArithmetic.builder(KEY).build())).isEqualTo("ma foo D1 O|");
        assertThat(line(MetaArithmetic.builder(KEY)
            .compareCas(5)
            .touch(MINUTE)
            .initial(-1, Expiration.never())
            .delta(0)
            .decrement()
            .value()
            .timeToLive()
            .casToken()
            .newCas(8)
            .echoKey()
            .build())).isEqualTo("ma foo C5 T60 N0 J18446744073709551615 D0 MD E8 v t c k O|");
    }

    @Test
    void aBatchIsQuietWhereNothingIsLost() {
        MetaBatch batch = MetaBatch.of(List.of(MetaGet.builder(KEY).value().build(), MetaSet.builder(KEY, DATA).build(),
                MetaSet.builder(KEY, DATA).casToken().build(), MetaSet.builder(KEY, new byte[600_000]).build(),
                MetaDelete.builder(KEY).build(), MetaArithmetic.builder(KEY).build(),
                MetaArithmetic.builder(KEY).value().build()));
        assertThat(line(batch).replaceAll("\u0000+", "..")).isEqualTo("mg foo v q O|ms foo 2 q O|hi|"
                + "ms foo 2 c O|hi|ms foo 600000 O|..|md foo q O|ma foo D1 q O|ma foo D1 v O|mn|");
        assertThat(batch.sequences()).isEqualTo(7);
        assertThatIllegalArgumentException().isThrownBy(() -> MetaBatch.of(List.of()));
    }

    @Test
    void debugWorksAroundServersThatOverlookTheLastMark() {
        assertThat(line(MetaDebug.of(KEY))).isEqualTo("me foo|");
        assertThat(line(MetaDebug.of(BINARY_KEY))).isEqualTo("me YSBi b x|");
    }

    @Test
    void refusesWhatTheServerWouldMisunderstand() {
        assertThatIllegalArgumentException().isThrownBy(() -> MetaGet.builder(BINARY_KEY).echoKey())
            .withMessage("echoKey: \"a b\" (expected: a key without spaces and control characters)");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> MetaGet.builder(KEY).vivify(Expiration.after(Duration.ZERO)));
        assertThatIllegalArgumentException().isThrownBy(() -> MetaGet.builder(KEY).recacheBelow(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> MetaGet.builder(KEY).newCas(1).build());
        assertThatIllegalArgumentException().isThrownBy(() -> MetaGet.builder(KEY).newCas(0));
        assertThatIllegalArgumentException().isThrownBy(() -> MetaGet.builder(KEY).proxyTokenP("a b"))
            .withMessageStartingWith("proxyTokenP: a token of 3 characters");
        assertThatIllegalArgumentException().isThrownBy(() -> MetaGet.builder(KEY).proxyTokenL("x".repeat(65)));
        assertThatIllegalArgumentException().isThrownBy(() -> MetaSet.builder(KEY, DATA).vivify(MINUTE).build())
            .withMessage("vivify: with mode SET (expected: APPEND or PREPEND)");
        assertThatIllegalArgumentException().isThrownBy(() -> MetaSet.builder(KEY, DATA).invalidate().build());
        assertThatIllegalArgumentException()
            .isThrownBy(() -> MetaSet.builder(KEY, DATA).compareCas(1).fill().deleteOnFailure().build())
            .withMessageStartingWith("fill: with deleteOnFailure");
        assertThatIllegalArgumentException().isThrownBy(() -> MetaDelete.builder(KEY).expiration(MINUTE).build())
            .withMessage("expiration: of an item that is deleted (expected: with markStale or removeValue)");
        assertThatIllegalArgumentException().isThrownBy(() -> MetaDelete.builder(KEY).newCas(1).build());
        assertThatIllegalArgumentException().isThrownBy(() -> MetaArithmetic.builder(KEY).compareCas(0));
    }

    @Test
    void noLineIsLongerThanProxiesRead() {
        Key longest = Key.of("x".repeat(250));
        assertThat(line(MetaGet.builder(longest).proxyTokenP("p".repeat(64)).proxyTokenL("l".repeat(64)).build()))
            .hasSizeLessThan(500);
        Expiration year = Expiration.after(Duration.ofDays(365));
        MetaSet.Builder tooLong = MetaSet.builder(longest, DATA)
            .proxyTokenP("p".repeat(64))
            .proxyTokenL("l".repeat(64))
            .mode(MetaSet.Mode.APPEND)
            .vivify(year)
            .expiration(year)
            .newCas(-1)
            .compareCas(-1)
            .invalidate()
            .clientFlags(-1)
            .size()
            .casToken()
            .echoKey();
        assertThatIllegalArgumentException().isThrownBy(tooLong::build).withMessageContaining("at most 499");
    }

    static List<MetaRequest<?>> requestsForNewServers() {
        return List.of(MetaGet.builder(KEY).vivify(MINUTE).newCas(1).build(),
                MetaSet.builder(KEY, DATA).newCas(1).build(),
                MetaSet.builder(KEY, DATA).mode(MetaSet.Mode.APPEND).vivify(MINUTE).build(),
                MetaDelete.builder(KEY).removeValue().build(), MetaDelete.builder(KEY).markStale().newCas(1).build(),
                MetaArithmetic.builder(KEY).newCas(1).build());
    }

    @ParameterizedTest
    @MethodSource("requestsForNewServers")
    void whatAnOldServerWouldMisunderstandIsNotSent(MetaRequest<MetaReply> request) {
        ServerVersion old = ServerVersion.parse("1.6.18");
        assertThatExceptionOfType(MemlinkServerException.class).isThrownBy(() -> LinkTesting.encode(request, old))
            .withMessageMatching("flag .*: memcached 1\\.6\\.18 \\(expected: 1\\.6\\.2[07] or newer\\)")
            .satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.UNSUPPORTED))
            .satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(Outcome.REJECTED));
        MetaBatch batch = MetaBatch.of(List.of(MetaGet.builder(KEY).build(), request));
        assertThatExceptionOfType(MemlinkServerException.class).isThrownBy(() -> LinkTesting.encode(batch, old));
        assertThatCode(() -> LinkTesting.encode(request, ServerVersion.parse("1.6.27"))).doesNotThrowAnyException();
        assertThatCode(() -> LinkTesting.encode(request, ServerVersion.parse("some proxy"))).doesNotThrowAnyException();
    }

}
