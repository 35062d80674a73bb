package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkProtocolException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.Outcome;
import io.memlink.link.LinkTesting;
import io.memlink.link.Request;
import io.memlink.meta.MetaReply.Exists;
import io.memlink.meta.MetaReply.Miss;
import io.memlink.meta.MetaReply.NotStored;
import io.memlink.meta.wire.ServerVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What replies mean, and what is none.
 */
class ReplyTests {

    private static final Key KEY = Key.of("foo");

    /** A dollar sign stands for the opaque that the reply must bring. */
    private static <R> R decode(Request.Decoder<R> decoder, String reply) {
        return LinkTesting.decode(decoder,
                reply.replace("$0", "O" + opaque(0))
                    .replace("$1", "O" + opaque(1))
                    .replace("$2", "O" + opaque(2))
                    .replace("$", "O" + opaque(0))
                    .replace("|", "\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String opaque(int index) {
        MetaBatch batch = MetaBatch.of(List.of(get(), get(), get()));
        String[] lines = new String(LinkTesting.encode(batch, null), StandardCharsets.ISO_8859_1).split("\r\n");
        return lines[index].substring(lines[index].lastIndexOf('O') + 1);
    }

    private static MetaGet get() {
        return MetaGet.builder(KEY).value().build();
    }

    private static MetaSet set() {
        return MetaSet.builder(KEY, new byte[1]).build();
    }

    @Test
    void aHitTellsWhatWasAsked() {
        Hit hit = (Hit) decode(MetaDecoder.GET,
                "VA 2 s2 t100 f4294967295 c18446744073709551615 kfoo l7 h1 $ Z X W|hi|");
        assertThat(hit.value()).containsExactly('h', 'i');
        assertThat(hit.size()).isEqualTo(2);
        assertThat(hit.timeToLive()).isEqualTo(Duration.ofSeconds(100));
        assertThat(hit.clientFlags()).isEqualTo(-1);
        assertThat(hit.casToken()).isEqualTo(-1);
        assertThat(hit.echoedKey()).containsExactly('f', 'o', 'o');
        assertThat(hit.lastAccessSeconds()).isEqualTo(7);
        assertThat(hit.hitBefore()).isTrue();
        assertThat(hit.stale()).isTrue();
        assertThat(hit.won()).isTrue();
        assertThat(hit.alreadyWon()).isTrue();
    }

    @Test
    void whatWasNotAskedIsNotConfusedWithZero() {
        Hit hit = (Hit) decode(MetaDecoder.GET, "HD $|");
        assertThat(hit.value()).isNull();
        assertThat(hit.size()).isEqualTo(-1);
        assertThat(hit.lastAccessSeconds()).isEqualTo(-1);
        assertThat(hit.echoedKey()).isNull();
        assertThatIllegalStateException().isThrownBy(hit::timeToLive);
        assertThat(((Hit) decode(MetaDecoder.GET, "HD t-1 $|")).timeToLive()).isNull();
        assertThat(((Hit) decode(MetaDecoder.GET, "HD t4294967204 $|")).timeToLive()).isZero();
    }

    @Test
    void outcomesAreValues() {
        assertThat(decode(MetaDecoder.GET, "EN $|")).isSameAs(Miss.INSTANCE);
        assertThat(decode(MetaDecoder.GET, "EN  kfoo  $ |")).isSameAs(Miss.INSTANCE);
        assertThat(decode(MetaDecoder.SET, "HD c0 $|")).isInstanceOf(Done.class);
        assertThat(decode(MetaDecoder.SET, "NS $|")).isSameAs(NotStored.INSTANCE);
        assertThat(decode(MetaDecoder.SET, "EX $|")).isSameAs(Exists.INSTANCE);
        assertThat(decode(MetaDecoder.SET, "NF $|")).isSameAs(Miss.INSTANCE);
        assertThat(decode(MetaDecoder.DELETE, "NF $|")).isSameAs(Miss.INSTANCE);
        assertThat(decode(MetaDecoder.ARITHMETIC, "VA 2 t5 $|42|")).isInstanceOfSatisfying(Done.class, (done) -> {
            assertThat(done.number()).isEqualTo(42);
            assertThat(done.timeToLive()).hasSeconds(5);
        });
    }

    @Test
    void anOldServerMayAnswerAMissWithoutTheOpaque() {
        byte[] miss = "EN\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(LinkTesting.decode(MetaDecoder.GET, ServerVersion.parse("1.6.17"), miss)).isSameAs(Miss.INSTANCE);
        for (String version : List.of("1.6.18", "1.6.45", "some proxy")) {
            assertThatExceptionOfType(MemlinkProtocolException.class)
                .isThrownBy(() -> LinkTesting.decode(MetaDecoder.GET, ServerVersion.parse(version), miss));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "HD|", "HD O|", "HD Oabcde|", "HD $ $|", "VA|", "VA x $|", "VA -1 $||", "VA 1|x|",
            "VA 2 $|hix|", "VA 99999999999 $|", "|", "STORED|", "hd $|", "HDx $|", "H|", "VALUE foo 0 2|", "MN|",
            "HD c $|", "HD cx $|", "HD c18446744073709551616 $|", "HD t1x $|", "ERROR|", "END|", "OK|", "HD $\n",
            "CLIENT_ERROR bad data chunk|", "CLIENT_ERROR unauthenticated|", "ERROR Too many open connections|" })
    void whatIsNoReplyToTheRequestEndsTheConnection(String reply) {
        assertThatExceptionOfType(MemlinkProtocolException.class).isThrownBy(() -> decode(MetaDecoder.GET, reply))
            .satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(Outcome.UNKNOWN));
    }

    @ParameterizedTest
    @EnumSource
    void eachCommandHasStatusesOfItsOwn(MetaDecoder decoder) {
        Map<MetaDecoder, List<String>> illegal = Map.of(MetaDecoder.GET, List.of("NF", "NS", "EX", "MN", "ME"),
                MetaDecoder.SET, List.of("EN", "VA 1", "MN", "ME"), MetaDecoder.DELETE,
                List.of("EN", "NS", "VA 1", "MN"), MetaDecoder.ARITHMETIC, List.of("EN", "MN", "ME"));
        for (String status : illegal.get(decoder)) {
            assertThatExceptionOfType(MemlinkProtocolException.class)
                .isThrownBy(() -> decode(decoder, status + " $|1|"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "SERVER_ERROR object too large for cache|", "SERVER_ERROR out of memory storing object|",
            "SERVER_ERROR Out of memory during read|", "SERVER_ERROR out of memory|", "CLIENT_ERROR invalid flag|",
            "CLIENT_ERROR error decoding key|" })
    void aRefusalKeepsTheConnection(String reply) {
        assertThatExceptionOfType(MemlinkServerException.class).isThrownBy(() -> decode(MetaDecoder.SET, reply))
            .satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(Outcome.REJECTED));
    }

    @ParameterizedTest
    @ValueSource(strings = { "SERVER_ERROR backend failure|", "SERVER_ERROR timeout|", "SERVER_ERROR lua failure|",
            "SERVER_ERROR output line too long|", "SERVER_ERROR out of memory storing object, said somebody|" })
    void anErrorThatProvesNothingIsUnknownAndKeepsTheConnection(String reply) {
        for (MetaDecoder decoder : List.of(MetaDecoder.SET, MetaDecoder.DELETE, MetaDecoder.ARITHMETIC)) {
            assertThatExceptionOfType(MemlinkServerException.class).isThrownBy(() -> decode(decoder, reply))
                .satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(Outcome.UNKNOWN));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "CLIENT_ERROR bad command line format|", "CLIENT_ERROR options flags are too long|",
            "CLIENT_ERROR cannot increment or decrement non-numeric value|", "SERVER_ERROR out of memory|",
            "SERVER_ERROR Out of memory allocating new item|" })
    void memcachedsOwnRefusalsProveThatNothingWasCounted(String reply) {
        assertThatExceptionOfType(MemlinkServerException.class).isThrownBy(() -> decode(MetaDecoder.ARITHMETIC, reply))
            .satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(Outcome.REJECTED));
    }

    @Test
    void aClientErrorThatMemcachedDoesNotKnowProvesNothing() {
        assertThatExceptionOfType(MemlinkServerException.class)
            .isThrownBy(() -> decode(MetaDecoder.DELETE, "CLIENT_ERROR said a proxy|"))
            .satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(Outcome.UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = { "CLIENT_ERROR bad command line format|", "CLIENT_ERROR options flags are too long|",
            "ERROR|", "SERVER_ERROR out of memory reading request|" })
    void aRefusalAfterWhichAValueMayHaveBeenExecutedEndsIt(String reply) {
        assertThatExceptionOfType(MemlinkProtocolException.class).isThrownBy(() -> decode(MetaDecoder.SET, reply));
    }

    @Test
    void whatAServerSaysIsSafeToLog() {
        assertThatExceptionOfType(MemlinkProtocolException.class)
            .isThrownBy(() -> decode(MetaDecoder.GET, "ERROR \u001b[31m" + "x".repeat(500) + "|"))
            .withMessageMatching("reply: \"ERROR \\?\\[31mx+\\.\\.\\.\" \\(expected: a reply of the meta protocol\\)");
    }

    @ParameterizedTest
    @CsvSource({ "a secret value, a line of 14 bytes", "x, a line of 1 bytes", "ab secret, a line of 9 bytes",
            "ERRORS of a secret, a line of 18 bytes", "XY secret, 'a line of 9 bytes that begins with \"XY\"'" })
    void whatMayBeAValueIsNotLogged(String line, String described) {
        assertThatExceptionOfType(MemlinkProtocolException.class).isThrownBy(() -> decode(MetaDecoder.GET, line + "|"))
            .withMessage("reply: " + described + " (expected: a reply of the meta protocol)");
    }

    @Test
    void silenceInABatchMeansWhatTheCommandSaysItMeans() {
        MetaBatch batch = MetaBatch.of(List.of(get(), set(), MetaDelete.builder(KEY).build()));
        BatchReply silent = decode(batch.decoder(), "MN|");
        assertThat(silent.reply(0)).isSameAs(Miss.INSTANCE);
        assertThat(silent.reply(1)).isInstanceOf(Done.class);
        assertThat(silent.reply(2)).isInstanceOf(Done.class);
        BatchReply loud = decode(batch.decoder(), "VA 2 $0|hi|NS $1|NF $2|MN|");
        assertThat(loud.reply(0)).isInstanceOf(Hit.class);
        assertThat(loud.reply(1)).isSameAs(NotStored.INSTANCE);
        assertThat(loud.reply(2)).isSameAs(Miss.INSTANCE);
        BatchReply mixed = decode(batch.decoder(), "EX $1|MN|");
        assertThat(mixed.reply(0)).isSameAs(Miss.INSTANCE);
        assertThat(mixed.reply(1)).isSameAs(Exists.INSTANCE);
    }

    @ParameterizedTest
    @ValueSource(strings = { "NS $1|VA 2 $0|hi|MN|", "NS $1|NS $1|MN|", "HD|MN|", "EN Oabcde|MN|", "MN x|", "|MN|",
            "VA 2 $2|hi|MN|" })
    void aBatchRefusesRepliesOutOfOrder(String replies) {
        MetaBatch batch = MetaBatch.of(List.of(get(), set(), MetaDelete.builder(KEY).build()));
        assertThatExceptionOfType(MemlinkProtocolException.class).isThrownBy(() -> decode(batch.decoder(), replies));
    }

    @Test
    void aBatchMissesRepliesThatAreCertain() {
        MetaBatch batch = MetaBatch.of(List.of(MetaArithmetic.builder(KEY).value().build(), get()));
        assertThatExceptionOfType(MemlinkProtocolException.class).isThrownBy(() -> decode(batch.decoder(), "MN|"));
        assertThatExceptionOfType(MemlinkProtocolException.class)
            .isThrownBy(() -> decode(batch.decoder(), "VA 1 $1|x|MN|"));
    }

    @Test
    void anErrorLineFailsTheCommandsItMayBelongTo() {
        MetaBatch batch = MetaBatch.of(List.of(get(), set(), MetaArithmetic.builder(KEY).value().build()));
        BatchReply reply = decode(batch.decoder(), "SERVER_ERROR out of memory storing object|VA 1 $2|5|MN|");
        assertThat(reply.failure(0)).isInstanceOf(MemlinkProtocolException.class);
        assertThat(reply.failure(1)).isInstanceOf(MemlinkProtocolException.class);
        assertThat(reply.failure(2)).isNull();
        assertThatExceptionOfType(MemlinkException.class).isThrownBy(() -> reply.reply(1))
            .withMessageContaining("out of memory storing object")
            .satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(Outcome.UNKNOWN));
    }

    @Test
    void anErrorLineFailsTheOnlyCommandItCanBelongTo() {
        MetaBatch batch = MetaBatch.of(List.of(MetaArithmetic.builder(KEY).value().build(), get()));
        BatchReply reply = decode(batch.decoder(),
                "CLIENT_ERROR cannot increment or decrement non-numeric value|VA 1 $1|x|MN|");
        assertThat(reply.failure(0)).isInstanceOf(MemlinkServerException.class);
        assertThat(reply.reply(1)).isInstanceOf(Hit.class);
        assertThatExceptionOfType(MemlinkProtocolException.class)
            .isThrownBy(() -> decode(batch.decoder(), "SERVER_ERROR a|SERVER_ERROR b|SERVER_ERROR c|MN|"));
    }

    @Test
    void debugIsTheServersWords() {
        Request.Decoder<Optional<Map<String, String>>> decoder = MetaDebug.of(KEY).decoder();
        assertThat(decode(decoder, "ME foo exp=-1 la=3 cas=2 fetch=no cls=1 size=63|").orElseThrow())
            .containsEntry("exp", "-1")
            .containsEntry("size", "63");
        assertThat(decode(decoder, "EN|")).isEmpty();
        assertThatExceptionOfType(MemlinkProtocolException.class).isThrownBy(() -> decode(decoder, "ME bar exp=-1|"));
        assertThatExceptionOfType(MemlinkProtocolException.class).isThrownBy(() -> decode(decoder, "HD|"));
        assertThatExceptionOfType(MemlinkProtocolException.class).isThrownBy(() -> decode(decoder, "ME |"));
    }

}
