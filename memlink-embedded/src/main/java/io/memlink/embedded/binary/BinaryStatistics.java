package io.memlink.embedded.binary;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.memlink.embedded.command.CommandInterpreter;
import io.memlink.embedded.command.ReplyBuffer;
import io.memlink.embedded.command.RequestLine;

/**
 * Tells statistics: those of the text command, one reply for each.
 */
final class BinaryStatistics {

    private static final byte[] NOTHING = new byte[0];

    private final CommandInterpreter commands;

    BinaryStatistics(CommandInterpreter commands) {
        this.commands = commands;
    }

    void execute(BinaryRequest request, BinaryReply reply) {
        String topic = new String(request.key().bytes(), StandardCharsets.ISO_8859_1);
        // The one topic that only the text protocol has.
        List<String> lines = topic.equals("conns") ? List.of("ERROR") : ask("stats " + topic);
        String last = lines.get(lines.size() - 1);
        if (!last.equals("END") && !last.equals("OK") && !last.equals("RESET")) {
            reply.fail(Status.NOT_FOUND);
            return;
        }
        for (String line : lines.subList(0, lines.size() - 1)) {
            String[] words = line.split(" ", 3);
            reply.write(Status.OK, 0, NOTHING, bytes(words[1]), bytes((words.length > 2) ? words[2] : ""));
        }
        reply.write(Status.OK, 0, NOTHING, NOTHING, NOTHING);
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
