package io.memlink.embedded.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;

/**
 * Finds the command of a line and has it carried out: the table of all commands. Confined
 * to the thread of the server.
 *
 * @since 0.1.0
 */
public final class CommandInterpreter implements LineInterpreter {

    private static final Set<String> CLASSIC_STORES = Set.of("set", "add", "replace", "append", "prepend", "cas");

    private static final int META_LENGTH = 2;

    private static final int CLASSIC_LENGTH = 4;

    private final Map<String, Command> commands = new HashMap<>();

    private final Counters counters = new Counters();

    private final List<Runnable> resets = new ArrayList<>();

    private final Release release;

    /**
     * Creates the commands over a store.
     * @param store the items
     * @param time the time of the server
     * @param release the release that is copied
     */
    public CommandInterpreter(Store store, ServerTime time, Release release) {
        this.release = release;
        this.commands.put("mg", new MetaGet(store, time, this.counters, release));
        this.commands.put("ms", new MetaSet(store, time, this.counters, release));
        this.commands.put("md", new MetaDelete(store, time, this.counters, release));
        this.commands.put("ma", new MetaArithmetic(store, time, this.counters, release));
        this.commands.put("me", new MetaDebug(store, time, release));
        this.commands.put("mn", (line, reply) -> {
            reply.line("MN");
            return NextStep.FLUSH;
        });
        addClassic(store, time);
    }

    /**
     * Adds a command that answers in any case.
     * @param name its name
     * @param command the command
     */
    public void addAnswering(String name, Command command) {
        this.commands.put(name, command);
    }

    /**
     * Adds a command. With {@code noreply} its answers are not sent.
     * @param name its name
     * @param command the command
     */
    public void add(String name, Command command) {
        this.commands.put(name, (line, reply) -> {
            try {
                return command.execute(line, reply);
            }
            catch (BadRequestException ex) {
                throw line.noreply() ? BadRequestException.SILENT : ex;
            }
            finally {
                if (line.noreply()) {
                    reply.clear();
                }
            }
        });
    }

    private void addClassic(Store store, ServerTime time) {
        if (!this.release.since(Release.NEW_PARSER)) {
            this.commands.put("bget", new ClassicGet(store, time, this.counters, this.release, "get"));
        }
        for (String name : new String[] { "get", "gets", "gat", "gats" }) {
            this.commands.put(name, new ClassicGet(store, time, this.counters, this.release, name));
        }
        for (String name : CLASSIC_STORES) {
            this.commands.put(name, new ClassicSet(store, time, this.counters, this.release, name));
        }
        ClassicChange change = new ClassicChange(store, time, this.counters, this.release);
        this.commands.put("delete", change::delete);
        this.commands.put("touch", change::touch);
        this.commands.put("incr", change::increment);
        this.commands.put("decr", change::decrement);
    }

    /**
     * Tells whether there is a command of this name.
     * @param name the name
     * @return whether it is known
     */
    public boolean knows(String name) {
        return this.commands.containsKey(name);
    }

    @Override
    public NextStep interpret(RequestLine received, ReplyBuffer reply) {
        RequestLine line = this.release.since(Release.NEW_PARSER) ? received : received.upToNul();
        boolean newParser = this.release.since(Release.NEW_PARSER);
        if (newParser && line.tooShort()) {
            reply.line(BadRequestException.BAD_FORMAT);
            return NextStep.READ_LINE;
        }
        String name = newParser ? line.command() : line.word(0);
        Command command = this.commands.get(name);
        if (command == null || !this.release.accepts(name, line.size())) {
            if (!newParser || !line.noreply()) {
                reply.line("ERROR");
            }
            return line.looksLikeHttp() ? NextStep.CLOSE : NextStep.READ_LINE;
        }
        try {
            return command.execute(line, reply);
        }
        catch (BadRequestException ex) {
            reply.clear();
            if (ex != BadRequestException.SILENT) {
                reply.line(ex.line());
            }
            return NextStep.READ_LINE;
        }
    }

    /**
     * Passes over a request, and over its payload if it has one, as if it had never been
     * received.
     * @param line the line
     * @return what the connection does next
     */
    public NextStep ignore(RequestLine line) {
        boolean classic = CLASSIC_STORES.contains(line.command());
        int length = classic ? CLASSIC_LENGTH : META_LENGTH;
        if ((classic || line.command().equals("ms")) && line.size() > length) {
            try {
                return NextStep.refuse(Numbers.payloadLength(line.token(length), this.release), "");
            }
            catch (BadRequestException ex) {
                return NextStep.READ_LINE;
            }
        }
        return NextStep.READ_LINE;
    }

    /**
     * Passes over a request and its payload, and answers with an error all the same.
     * @param line the line
     * @param answer the error line, without its end
     * @param reply where the answer goes if there is no payload
     * @return what the connection does next
     */
    public NextStep refuse(RequestLine line, String answer, ReplyBuffer reply) {
        NextStep step = ignore(line);
        if (step instanceof NextStep.ReadPayload payload) {
            return NextStep.refuse(payload.length(), answer);
        }
        reply.line(answer);
        return step;
    }

    /**
     * Adds what makes commands what they were at the start of the server.
     * @param reset forgets what clients have changed
     */
    public void addReset(Runnable reset) {
        this.resets.add(reset);
    }

    /**
     * Forgets what was counted, and what clients have changed.
     */
    public void reset() {
        this.counters.countPrefixes(false);
        this.resets.forEach(Runnable::run);
    }

    /**
     * Returns what the commands count.
     * @return the counts
     */
    public Counters counters() {
        return this.counters;
    }

}
