package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

import io.memlink.error.MemlinkProtocolException;
import io.memlink.error.MemlinkServerException;
import io.memlink.link.LinkTesting;
import io.memlink.link.Request;
import io.memlink.meta.MetaReply.Miss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of many keys read by one command: what travels, what comes back, and what must
 * not.
 */
class MultiGetTests {

    private static Request<BatchReply> request(String... keys) {
        return MultiGet.of(Stream.of(keys).map(Key::of).toList());
    }

    private static String text(Request<?> request) {
        return new String(LinkTesting.encode(request, null), StandardCharsets.ISO_8859_1);
    }

    /** A dollar sign stands for the opaque that the reply must bring. */
    private static BatchReply decode(Request<BatchReply> request, String reply) {
        String opaque = text(request).split("\r\n")[0].replaceAll(".* O", "O");
        byte[] bytes = reply.replace("$", opaque).replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return Objects.requireNonNull(LinkTesting.decode(request.decoder(), bytes));
    }

    private static void assertHit(BatchReply reply, int index, String value, int flags) {
        Hit hit = (Hit) reply.reply(index);
        assertThat(hit.value()).asString().isEqualTo(value);
        assertThat(hit.clientFlags()).isEqualTo(flags);
    }

    @Test
    void theFirstKeyTravelsWithTheOpaqueAndTheOthersInOneCommand() {
        assertThat(text(request("a", "bb", "ccc"))).matches("mg a v f O[-_A-Za-z0-9]{5}\r\nget bb ccc\r\n");
        assertThat(text(request("a"))).matches("mg a v f O[-_A-Za-z0-9]{5}\r\n");
        assertThat(request("a", "bb").encodedBytes()).isGreaterThanOrEqualTo(text(request("a", "bb")).length());
    }

    @Test
    void keysThatTheClassicCommandCannotCarryTravelInABatch() {
        assertThat(request("a", "b c")).isInstanceOf(MetaBatch.class);
        assertThatIllegalArgumentException().isThrownBy(MultiGetTests::request).withMessageContaining("keys: none");
    }

    @Test
    void hitsComeInTheOrderOfTheKeysAndTheRestAreMisses() {
        BatchReply reply = decode(request("a", "b", "c", "d", "e"),
                "VA 1 f7 $|A|VALUE c 4294967295 2|CC|VALUE d 0 0||END|");
        assertThat(reply.size()).isEqualTo(5);
        assertHit(reply, 0, "A", 7);
        assertThat(reply.reply(1)).isSameAs(Miss.INSTANCE);
        assertHit(reply, 2, "CC", -1);
        assertHit(reply, 3, "", 0);
        assertThat(reply.reply(4)).isSameAs(Miss.INSTANCE);
        assertThat(reply.failure(4)).isNull();
    }

    @Test
    void nothingFoundIsAMissForEachKey() {
        BatchReply reply = decode(request("a", "b", "c"), "EN $|END|");
        for (int i = 0; i < 3; i++) {
            assertThat(reply.reply(i)).isSameAs(Miss.INSTANCE);
        }
        assertThat(decode(request("a"), "EN $|").reply(0)).isSameAs(Miss.INSTANCE);
    }

    @Test
    void aKeyMayBeAskedForTwice() {
        BatchReply reply = decode(request("a", "b", "b", "a"), "EN $|VALUE b 1 1|x|VALUE b 1 1|x|VALUE a 1 1|y|END|");
        assertHit(reply, 1, "x", 1);
        assertHit(reply, 2, "x", 1);
        assertHit(reply, 3, "y", 1);
    }

    @Test
    void theRefusalOfTheFirstKeyIsItsOwn() {
        BatchReply reply = decode(request("a", "b"), "SERVER_ERROR out of memory|VALUE b 0 1|x|END|");
        assertThat(reply.failure(0)).isInstanceOf(MemlinkServerException.class);
        assertHit(reply, 1, "x", 0);
    }

    @Test
    void theRefusalOfTheOthersIsThatOfAll() {
        assertThatExceptionOfType(MemlinkServerException.class)
            .isThrownBy(() -> decode(request("a", "b"), "EN $|SERVER_ERROR out of memory writing get response|"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "VALUE b 0 1|x|END|", "END|", "EN Owrong|END|", "EN $|VALUE z 0 1|x|END|",
            "EN $|VALUE c 0 1|x|VALUE b 0 1|x|END|", "EN $|VALUE b 0 1|x|VALUE b 0 1|x|END|", "EN $|VALUE a 0 1|x|END|",
            "EN $|VALUE bb 0 1|x|END|", "EN $|VALUE b|x|END|", "EN $|VALUE b |x|END|", "EN $|VALUE b 0|x|END|",
            "EN $|VALUE b 0 |x|END|", "EN $|VALUE b  1|x|END|", "EN $|VALUE b 0 1 7|x|END|", "EN $|VALUE b 0 -1|x|END|",
            "EN $|VALUE b 0 99999999999|x|END|", "EN $|VALUE b x 1|x|END|", "EN $|VALUE b 0 1|xy|END|", "EN $|END |",
            "EN $|ENDS|", "EN $|EN|", "EN $|MN|", "EN $|ERROR|", "EN $|VALUE|", "EN $|VALUE |", "EN $||END|" })
    void anythingElseIsAViolation(String reply) {
        assertThatExceptionOfType(MemlinkProtocolException.class)
            .isThrownBy(() -> decode(request("a", "b", "c"), reply));
    }

    @Test
    void anEmptyValueWithoutFlagsMayBeALease() {
        BatchReply reply = decode(request("a", "b", "c", "d", "e"),
                "VA 0 f0 $ W||VALUE b 0 0||VALUE c 1 0||VALUE d 0 1|x|END|");
        assertThat(MultiGet.isInDoubt(reply.reply(0))).isFalse();
        assertThat(MultiGet.isInDoubt(reply.reply(1))).isTrue();
        assertThat(MultiGet.isInDoubt(reply.reply(2))).isFalse();
        assertThat(MultiGet.isInDoubt(reply.reply(3))).isFalse();
        assertThat(MultiGet.isInDoubt(reply.reply(4))).isFalse();
    }

}
