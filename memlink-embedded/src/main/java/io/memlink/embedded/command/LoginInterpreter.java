package io.memlink.embedded.command;

import java.nio.charset.StandardCharsets;

import io.memlink.embedded.command.Counters.Counter;

/**
 * Stands before the commands of one connection until it has logged in with
 * {@code set <any> <any> <any> <length>} and user and password as the value. Confined to
 * the thread of the server; one for each connection.
 *
 * @since 0.1.0
 */
public final class LoginInterpreter implements LineInterpreter {

    private static final String UNAUTHENTICATED = "CLIENT_ERROR unauthenticated";

    private static final int SHORTEST_LINE = 6;

    private static final int LONGEST_TOKEN = 16 * 1024;

    private static final int LENGTH = 4;

    private final CommandInterpreter commands;

    private final String credentials;

    private boolean loggedIn;

    /**
     * Guards commands.
     * @param commands what is open to clients that have logged in
     * @param username the only user
     * @param password the password
     */
    public LoginInterpreter(CommandInterpreter commands, String username, String password) {
        this.commands = commands;
        this.credentials = username + " " + password;
    }

    @Override
    public NextStep interpret(RequestLine line, ReplyBuffer reply) {
        if (this.loggedIn) {
            return this.commands.interpret(line, reply);
        }
        if (line.lengthWithoutLineFeed() < SHORTEST_LINE) {
            return NextStep.CLOSE;
        }
        if (line.command().equals("set") && line.endsWithCarriageReturn() && line.size() > LENGTH) {
            Integer length = Numbers.uint32(line.token(LENGTH).text());
            if (length != null && length > LONGEST_TOKEN) {
                reply.line("CLIENT_ERROR auth token too long");
                return NextStep.DISCARD_INPUT;
            }
            if (length != null && length >= 0) {
                return new NextStep.ReadPayload(length, true, this::logIn);
            }
        }
        // Whatever came in the same segment is dropped: one answer for all of it.
        reply.line(UNAUTHENTICATED);
        return NextStep.DISCARD_INPUT;
    }

    private void logIn(byte[] data, boolean terminated, ReplyBuffer reply) {
        this.commands.counters().add(Counter.AUTH_CMDS);
        String token = new String(data, StandardCharsets.UTF_8);
        this.loggedIn = terminated && token.equals(this.credentials);
        if (this.loggedIn) {
            reply.line("STORED");
            return;
        }
        this.commands.counters().add(Counter.AUTH_ERRORS);
        if (!terminated) {
            reply.line("CLIENT_ERROR bad command line termination");
        }
        else {
            reply.line((token.indexOf(' ') < 0) ? "CLIENT_ERROR bad authentication token format"
                    : "CLIENT_ERROR authentication failure");
        }
    }

}
