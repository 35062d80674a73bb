package io.memlink.embedded.binary;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.memlink.embedded.command.CommandInterpreter;
import io.memlink.embedded.command.ReplyBuffer;
import io.memlink.embedded.command.RequestLine;

/**
 * Tells statistics: those of the text command, one reply for each and an empty one at the
 * end.
 */
final class BinaryStatistics {

    private static final byte[] NOTHING = new byte[0];

    // The text protocol has more.
    private static final List<String> TOPICS = List.of("", "reset", "settings", "detail", "items", "slabs", "sizes");

    private static final List<String> ENDS = List.of("END", "OK", "RESET");

    private final CommandInterpreter commands;

    BinaryStatistics(CommandInterpreter commands) {
        this.commands = commands;
    }

    void execute(BinaryRequest request, BinaryReply reply) {
        String topic = new String(request.key().bytes(), StandardCharsets.ISO_8859_1);
        List<String> lines = ask("stats " + topic);
        String last = lines.get(lines.size() - 1);
        boolean known = TOPICS.contains(topic.split(" ")[0]);
        if (!known || !ENDS.contains(last)) {
            reply.fail(Status.NOT_FOUND);
            return;
        }
        if (topic.equals("detail dump")) {
            tell("detailed", String.join("\r\n", lines) + "\r\n", reply);
            lines = List.of(last);
        }
        for (String line : lines.subList(0, lines.size() - 1)) {
            String[] words = line.split(" ", 3);
            tell(words[1], (words.length > 2) ? words[2] : "", reply);
        }
        tell("", "", reply);
    }

    private static void tell(String name, String value, BinaryReply reply) {
        reply.write(Status.OK, 0, NOTHING, bytes(name), bytes(value));
    }

    String version() {
        return ask("version").get(0).split(" ")[1];
    }

    private List<String> ask(String command) {
        ReplyBuffer answer = new ReplyBuffer();
        this.commands.interpret(new RequestLine(bytes(command)), answer);
        return new String(answer.toByteArray(), StandardCharsets.ISO_8859_1).lines().toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

}
