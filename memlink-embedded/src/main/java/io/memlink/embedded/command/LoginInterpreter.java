package io.memlink.embedded.command;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.memlink.embedded.command.Counters.Counter;

/**
 * Stands before the commands of one connection until it has logged in with
 * {@code set <any> <any> <any> <length>} and user and password as the value. Confined to
 * the thread of the server; one for each connection.
 * <p>
 * As on real servers the replies before the login share one place: of several that were
 * asked for together only the last is sent.
 *
 * @since 0.1.0
 */
public final class LoginInterpreter implements LineInterpreter {

    private static final String UNAUTHENTICATED = "CLIENT_ERROR unauthenticated";

    private static final int SHORTEST_LINE = 6;

    private static final int SHORTEST_INPUT = 3;

    private static final int CLOSES_AT_SHORT_LINES = 44;

    private static final int LONGEST_TOKEN = 16 * 1024;

    private static final int LENGTH = 4;

    private final CommandInterpreter commands;

    private final Map<String, String> users;

    private final Release release;

    private boolean loggedIn;

    /**
     * Guards commands.
     * @param commands what is open to clients that have logged in
     * @param users the passwords by the name of the user
     * @param release the release that is copied
     */
    public LoginInterpreter(CommandInterpreter commands, Map<String, String> users, Release release) {
        this.commands = commands;
        this.users = users;
        this.release = release;
    }

    @Override
    public int shortestInput() {
        return (this.loggedIn || !this.release.since(Release.NEW_PARSER)) ? 1 : SHORTEST_INPUT;
    }

    @Override
    public NextStep interpret(RequestLine line, ReplyBuffer reply) {
        if (this.loggedIn) {
            return this.commands.interpret(line, reply);
        }
        if (line.lengthWithoutLineFeed() < SHORTEST_LINE && this.release.since(CLOSES_AT_SHORT_LINES)) {
            return NextStep.CLOSE;
        }
        boolean ends = line.endsWithCarriageReturn() || !this.release.since(Release.NEW_PARSER);
        if (line.word(0).equals("set") && ends && line.size() > LENGTH) {
            Integer length = Numbers.uint32(line.token(LENGTH).text(), this.release);
            if (length != null && (length > LONGEST_TOKEN || length < 0)) {
                return answer("CLIENT_ERROR auth token too long", reply);
            }
            if (length != null) {
                return new NextStep.ReadPayload(length, true, this::logIn,
                        (answer) -> answer.line(BadRequestException.OUT_OF_MEMORY));
            }
        }
        return answer(UNAUTHENTICATED, reply);
    }

    private static NextStep answer(String line, ReplyBuffer reply) {
        reply.line(line);
        reply.markProvisional();
        return NextStep.READ_LINE;
    }

    // Before 1.6.40 only the first two words count.
    private String token(byte[] data) {
        String token = new String(data, StandardCharsets.UTF_8);
        if (this.release.since(Release.NEW_PARSER)) {
            return token;
        }
        String[] words = token.trim().split(" +");
        return (words.length < 2) ? words[0] : words[0] + " " + words[1];
    }

    private void logIn(byte[] data, boolean terminated, ReplyBuffer reply) {
        String token = token(data);
        int space = token.indexOf(' ');
        if (!terminated) {
            answer("CLIENT_ERROR bad command line termination", reply);
        }
        else if (space < 0) {
            answer("CLIENT_ERROR bad authentication token format", reply);
        }
        else {
            String password = this.users.get(token.substring(0, space));
            this.loggedIn = password != null && password.equals(token.substring(space + 1));
            this.commands.counters().add(Counter.AUTH_CMDS);
            if (!this.loggedIn) {
                this.commands.counters().add(Counter.AUTH_ERRORS);
            }
            answer(this.loggedIn ? "STORED" : "CLIENT_ERROR authentication failure", reply);
        }
    }

}
