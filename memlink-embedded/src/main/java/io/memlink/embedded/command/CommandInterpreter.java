package io.memlink.embedded.command;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

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

    /**
     * Creates the commands over a store.
     * @param store the items
     * @param time the time of the server
     * @param facts what commands tell about the server
     */
    public CommandInterpreter(Store store, ServerTime time, ServerFacts facts) {
        this.commands.put("mg", new MetaGet(store, time, this.counters));
        this.commands.put("ms", new MetaSet(store, time, this.counters));
        this.commands.put("md", new MetaDelete(store, time, this.counters));
        this.commands.put("ma", new MetaArithmetic(store, time, this.counters));
        this.commands.put("me", new MetaDebug(store, time));
        addAdministration(store, time, facts);
        addClassic(store, time);
    }

    private void addAdministration(Store store, ServerTime time, ServerFacts facts) {
        Administration administration = new Administration(store, time, this.counters);
        constant("mn", "MN");
        constant("version", "VERSION " + facts.version());
        constant("shutdown", "SERVER_ERROR: shutdown not enabled");
        this.commands.put("stats", new Statistics(store, time, this.counters, facts));
        this.commands.put("flush_all", administration::flushAll);
        this.commands.put("verbosity", administration::verbosity);
        this.commands.put("quit", (line, reply) -> NextStep.FLUSH_AND_CLOSE);
    }

    private void constant(String name, String answer) {
        this.commands.put(name, (line, reply) -> {
            reply.line(answer);
            return NextStep.READ_LINE;
        });
    }

    private void addClassic(Store store, ServerTime time) {
        for (String name : new String[] { "get", "gets", "gat", "gats" }) {
            this.commands.put(name, new ClassicGet(store, time, this.counters, name));
        }
        for (String name : CLASSIC_STORES) {
            this.commands.put(name, new ClassicSet(store, time, this.counters, name));
        }
        ClassicChange change = new ClassicChange(store, time, this.counters);
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
    public NextStep interpret(RequestLine line, ReplyBuffer reply) {
        if (line.tooShort()) {
            reply.line(BadRequestException.BAD_FORMAT);
            return NextStep.READ_LINE;
        }
        Command command = this.commands.get(line.command());
        if (command == null) {
            reply.line("ERROR");
            return line.looksLikeHttp() ? NextStep.CLOSE : NextStep.READ_LINE;
        }
        try {
            return command.execute(line, reply);
        }
        catch (BadRequestException ex) {
            reply.clear();
            reply.line(ex.line());
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
                return NextStep.refuse(Numbers.payloadLength(line.token(length)), "");
            }
            catch (BadRequestException ex) {
                return NextStep.READ_LINE;
            }
        }
        return NextStep.READ_LINE;
    }

    Counters counters() {
        return this.counters;
    }

    /**
     * What commands tell about the server they run in. Immutable; the suppliers answer
     * for the moment.
     *
     * @param version what {@code version} answers; starts with the memcached release
     * whose behaviour is copied
     * @param connections how many connections are open
     * @param totalConnections how many connections were ever opened
     * @param authenticates whether clients must log in
     * @since 0.1.0
     */
    public record ServerFacts(String version, IntSupplier connections, LongSupplier totalConnections,
            boolean authenticates) {
    }

}
