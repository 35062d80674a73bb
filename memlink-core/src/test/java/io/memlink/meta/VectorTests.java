package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.error.MemlinkException;
import io.memlink.link.LinkTesting;
import io.memlink.link.Request;
import io.memlink.meta.MetaReply.NotStored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was recorded with real servers: the client writes what was sent there, and makes
 * of the replies what they mean, however they are cut.
 */
class VectorTests {

    /** Longer ones are cut in fewer places. */
    private static final int ALL_SPLITS_BYTES = 4096;

    /** Not the answer to one request, but to whatever was sent. */
    private static final List<String> ENDS_THE_CONNECTION = List.of("CLIENT_ERROR unauthenticated",
            "ERROR Too many open connections");

    private static final int SPLITS_OF_LONGER_ONES = 50;

    private static final String OPAQUE = opaque();

    static List<RecordedExchange> exchanges() {
        return RecordedExchange.load();
    }

    /** Those whose commands are all ones that a client would send, and not quiet. */
    static List<RecordedExchange> sendable() {
        return exchanges().stream().filter((exchange) -> {
            List<RecordedCommand> commands = RecordedCommand.split(exchange.request());
            return commands != null && !commands.isEmpty() && commands.stream().allMatch(VectorTests::isSendable);
        }).toList();
    }

    /** Those that are a batch: commands, quiet or not, and a no-op. */
    static List<RecordedExchange> batches() {
        return exchanges().stream().filter((exchange) -> {
            List<RecordedCommand> commands = RecordedCommand.split(exchange.request());
            return commands != null && commands.size() > 1 && commands.get(commands.size() - 1).isNoop()
                    && commands.stream().anyMatch(RecordedCommand::isQuiet)
                    && commands.subList(0, commands.size() - 1)
                        .stream()
                        .allMatch((command) -> command.build() != null
                                && command.isQuiet() == (command.build().silence() != null));
        }).toList();
    }

    private static boolean isSendable(RecordedCommand command) {
        return command.isNoop() || (command.build() != null && !command.isQuiet());
    }

    @ParameterizedTest
    @MethodSource("sendable")
    void writesWhatWasSentAndUnderstandsWhatCameBack(RecordedExchange exchange) {
        List<RecordedCommand> commands = Objects.requireNonNull(RecordedCommand.split(exchange.request()));
        List<RecordedReply> replies = RecordedReply.split(exchange.response());
        for (int i = 0; i < commands.size(); i++) {
            RecordedCommand recorded = commands.get(i);
            if (!recorded.isNoop()) {
                assertSameRequest(recorded, exchange.version());
            }
            if (replies != null && replies.size() == commands.size()) {
                assertSameMeaning(recorded, replies.get(i));
            }
        }
    }

    private static void assertSameRequest(RecordedCommand recorded, String version) {
        MetaCommand command = recorded.build();
        // What was recorded may be what an old server does not understand.
        String sent = text(LinkTesting.encode(command, null));
        List<RecordedCommand> written = Objects.requireNonNull(RecordedCommand.split(sent));
        assertThat(written).hasSize(1);
        assertThat(sent.split(" O")[0]).startsWith(recorded.words().get(0) + " " + recorded.words().get(1));
        assertThat(written.get(0).plainFlags()).isEqualTo(recorded.plainFlags());
        assertThat(written.get(0).payload()).isEqualTo(recorded.payload());
        assertThat(sent.length()).isLessThanOrEqualTo(command.encodedBytes());
        assertThat(version).isNotEmpty();
    }

    private static void assertSameMeaning(RecordedCommand recorded, RecordedReply reply) {
        String name = recorded.words().get(0);
        byte[] bytes = bytes(reply.text(OPAQUE));
        if (recorded.isNoop()) {
            assertThat(outcomes(() -> MetaNoop.INSTANCE, bytes, (done) -> "MN")).containsOnly("MN");
            return;
        }
        MetaCommand command = recorded.build();
        if (reply.isError()) {
            assertThat(outcomes(command::decoder, bytes, Object::toString)).containsOnly(outcome(command, bytes));
            boolean ends = ENDS_THE_CONNECTION.contains(reply.status());
            assertThat(outcome(command, bytes))
                .startsWith(ends ? "MemlinkProtocolException" : "MemlinkServerException");
        }
        else {
            assertThat(outcomes(command::decoder, bytes, (result) -> reply.meaning(result, name)))
                .containsOnly(reply.meaning(name));
        }
    }

    private static String outcome(MetaCommand command, byte[] bytes) {
        return outcome(command.decoder(), Object::toString, bytes);
    }

    @ParameterizedTest
    @MethodSource("batches")
    void understandsBatches(RecordedExchange exchange) {
        List<RecordedCommand> commands = Objects.requireNonNull(RecordedCommand.split(exchange.request()));
        List<RecordedReply> replies = Objects.requireNonNull(RecordedReply.split(exchange.response()));
        MetaBatch batch = MetaBatch
            .of(commands.subList(0, commands.size() - 1).stream().map(RecordedCommand::build).toList());
        List<RecordedCommand> written = Objects
            .requireNonNull(RecordedCommand.split(text(LinkTesting.encode(batch, null))));
        assertThat(written).hasSameSizeAs(commands);
        List<String> opaques = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            assertThat(written.get(i).plainFlags()).isEqualTo(commands.get(i).plainFlags());
            assertThat(written.get(i).isQuiet()).isEqualTo(commands.get(i).isQuiet());
            opaques.add(last(written.get(i).words()).substring(1));
        }
        assertThat(opaques).doesNotHaveDuplicates();
        StringBuilder response = new StringBuilder();
        List<String> expected = match(commands, replies, opaques, response);
        assertThat(outcomes(batch::decoder, bytes(response.toString()), (reply) -> meanings(reply, batch).toString()))
            .containsOnly(expected.toString());
    }

    /**
     * Gives each reply to the command it belongs to, which the recorded opaque or the
     * order tells, and returns what became of each command.
     */
    private static List<String> match(List<RecordedCommand> commands, List<RecordedReply> replies, List<String> opaques,
            StringBuilder response) {
        List<String> expected = new ArrayList<>();
        int reply = 0;
        for (int i = 0; i < commands.size() - 1; i++) {
            RecordedCommand command = commands.get(i);
            int left = replies.size() - reply - 1;
            boolean answered = !command.isQuiet() || answersQuietly(command, replies.get(reply), left, commands, i);
            if (answered) {
                RecordedReply current = replies.get(reply++);
                response.append(current.text(opaques.get(i)));
                expected.add(current.isError() ? "refused" : current.meaning(command.words().get(0)).split(" ")[0]);
            }
            else {
                expected.add(command.words().get(0).equals("mg") ? "miss" : "done");
            }
        }
        assertThat(replies.get(reply).status()).isEqualTo("MN");
        response.append("MN\r\n");
        return expected;
    }

    /**
     * Whether the next reply belongs to a quiet command: its status is one that quiet
     * commands of this kind are answered with, and later commands do not need it.
     */
    private static boolean answersQuietly(RecordedCommand command, RecordedReply next, int left,
            List<RecordedCommand> commands, int index) {
        boolean legal = switch (command.words().get(0)) {
            case "mg" -> List.of("HD", "VA").contains(next.status());
            case "ms" -> List.of("NS", "EX", "NF").contains(next.status());
            default -> List.of("NF", "EX").contains(next.status());
        };
        long needed = commands.subList(index + 1, commands.size() - 1)
            .stream()
            .filter((later) -> !later.isQuiet())
            .count();
        return legal && left > needed;
    }

    private static List<String> meanings(BatchReply reply, MetaBatch batch) {
        List<String> meanings = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (reply.failure(i) != null) {
                meanings.add("refused");
            }
            else if (reply.reply(i) instanceof NotStored) {
                meanings.add("not");
            }
            else {
                meanings.add(reply.reply(i).getClass().getSimpleName().toLowerCase());
            }
        }
        return meanings;
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void neverMakesMoreOfARecordedResponseThanAReplyOrATypedFailure(RecordedExchange exchange) {
        byte[] response = bytes(exchange.response());
        for (MetaDecoder decoder : MetaDecoder.values()) {
            String whole = firstOutcome(decoder, response);
            for (int i = 1; i < Math.min(response.length, 200); i++) {
                assertThat(firstOutcome(decoder, Arrays.copyOf(response, i),
                        Arrays.copyOfRange(response, i, response.length)))
                    .isEqualTo(whole);
            }
        }
    }

    private static String firstOutcome(Request.Decoder<MetaReply> decoder, byte[]... pieces) {
        try {
            return String.valueOf(LinkTesting.decode(decoder, pieces));
        }
        catch (MemlinkException ex) {
            return ex.toString();
        }
        catch (IllegalStateException ex) {
            return "more than one reply";
        }
    }

    @Test
    void mostOfWhatWasRecordedWithMetaCommandsIsChecked() {
        assertThat(sendable()).hasSizeGreaterThan(300);
        assertThat(batches()).hasSizeGreaterThan(5);
    }

    /** All outcomes of one reply: whole, byte by byte, and in two pieces. */
    private static <R> Set<String> outcomes(Supplier<? extends Request.Decoder<R>> decoder, byte[] reply,
            Function<R, String> meaning) {
        Set<String> outcomes = new HashSet<>();
        outcomes.add(outcome(decoder.get(), meaning, reply));
        int step = (reply.length <= ALL_SPLITS_BYTES) ? 1 : reply.length / SPLITS_OF_LONGER_ONES;
        for (int i = 1; i < reply.length; i += step) {
            outcomes.add(outcome(decoder.get(), meaning, Arrays.copyOf(reply, i),
                    Arrays.copyOfRange(reply, i, reply.length)));
        }
        byte[][] single = new byte[reply.length][];
        for (int i = 0; i < reply.length; i++) {
            single[i] = new byte[] { reply[i] };
        }
        outcomes.add(outcome(decoder.get(), meaning, single));
        return outcomes;
    }

    private static <R> String outcome(Request.Decoder<R> decoder, Function<R, String> meaning, byte[]... pieces) {
        try {
            R reply = LinkTesting.decode(decoder, pieces);
            return (reply != null) ? meaning.apply(reply) : "incomplete";
        }
        catch (MemlinkException ex) {
            return ex.getClass().getSimpleName() + ": " + ex.getMessage();
        }
    }

    private static String opaque() {
        MetaGet get = MetaGet.builder(Key.of("k")).build();
        String[] words = text(LinkTesting.encode(get, null)).strip().split(" ");
        return words[words.length - 1].substring(1);
    }

    private static String last(List<String> words) {
        return words.get(words.size() - 1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

}
