package io.memlink.embedded.admin;

import java.util.Map;
import java.util.function.BiConsumer;

import io.memlink.embedded.command.BadRequestException;
import io.memlink.embedded.command.Command;
import io.memlink.embedded.command.CommandInterpreter;
import io.memlink.embedded.command.Counters;
import io.memlink.embedded.command.NextStep;
import io.memlink.embedded.command.Numbers;
import io.memlink.embedded.command.Release;
import io.memlink.embedded.command.ReplyBuffer;
import io.memlink.embedded.command.RequestLine;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;

/**
 * The table of the commands of this package. Confined to the thread of the server.
 *
 * @since 0.1.0
 */
public final class AdminCommands {

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    private final ServerFacts facts;

    private final Release release;

    private AdminCommands(CommandInterpreter commands, Store store, ServerTime time, ServerFacts facts,
            Release release) {
        this.store = store;
        this.time = time;
        this.counters = commands.counters();
        this.facts = facts;
        this.release = release;
    }

    /**
     * Adds the commands to those of a server.
     * @param commands the commands it has
     * @param store its items
     * @param time its time
     * @param facts what they tell of it
     * @param release the release that is copied
     */
    public static void addTo(CommandInterpreter commands, Store store, ServerTime time, ServerFacts facts,
            Release release) {
        Crawler crawler = new Crawler(store, time, release);
        commands.addReset(crawler::reset);
        AdminCommands all = new AdminCommands(commands, store, time, facts, release);
        all.table().forEach(commands::add);
        // Before 1.6.40 these answer in spite of noreply too.
        BiConsumer<String, Command> add = release.since(Release.NEW_PARSER) ? commands::add : commands::addAnswering;
        add.accept("lru_crawler", crawler);
        add.accept("shutdown", all::shutDown);
        add.accept("refresh_certs", all::refreshCertificates);
        // These answer in spite of noreply.
        commands.addAnswering("version", (line, reply) -> answer(reply, "VERSION " + facts.version()));
        Statistics statistics = new Statistics(store, time, commands.counters(), facts, release);
        commands.addAnswering("stats", statistics);
        commands.addReset(statistics::reset);
        commands.addAnswering("quit", (line, reply) -> NextStep.FLUSH_AND_CLOSE);
    }

    private Map<String, Command> table() {
        MemoryCommands memory = new MemoryCommands(this.store, this.release);
        return Map.of("flush_all", this::flushAll, "verbosity", this::verbosity, "cache_memlimit", memory::limit, "lru",
                memory::lru, "slabs", memory::slabs, "extstore", AdminCommands::external, "config", this::config);
    }

    static NextStep answer(ReplyBuffer reply, String answer) {
        reply.line(answer);
        return NextStep.READ_LINE;
    }

    private NextStep flushAll(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        this.counters.flushed();
        boolean delayed = line.size() != (line.noreply() ? 2 : 1);
        Integer delay = delayed ? Numbers.int32(line.word(1), this.release) : Integer.valueOf(0);
        if (delay == null) {
            throw new BadRequestException("CLIENT_ERROR invalid exptime argument");
        }
        this.store.flush((delay <= 0) ? ServerTime.NEVER : this.time.expiry(delay));
        return answer(reply, "OK");
    }

    private NextStep verbosity(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        if (Numbers.uint32(line.word(1), this.release) == null) {
            throw BadRequestException.badFormat();
        }
        return answer(reply, "OK");
    }

    private NextStep shutDown(RequestLine line, ReplyBuffer reply) {
        boolean known = line.size() == 1 || (line.size() == 2 && line.word(1).equals("graceful"));
        if (this.facts.setting("shutdown_command").equals("no")) {
            return answer(reply, this.release.since(Release.NEW_PARSER) ? "SERVER_ERROR: shutdown not enabled"
                    : "ERROR: shutdown not enabled");
        }
        if (!known) {
            return answer(reply, "CLIENT_ERROR invalid shutdown mode");
        }
        this.facts.shutDown();
        return NextStep.CLOSE;
    }

    private NextStep refreshCertificates(RequestLine line, ReplyBuffer reply) {
        return answer(reply, this.facts.setting("ssl_enabled").equals("yes") ? "OK" : "Error TLS not enabled");
    }

    // There is no external storage; its settings are accepted and forgotten.
    private static NextStep external(RequestLine line, ReplyBuffer reply) {
        return answer(reply, line.word(1).equals("free_memchunks") && line.size() > 3 ? "OK" : "ERROR");
    }

    // A stock server does not know this one; a server in a cluster of a cloud does.
    private NextStep config(RequestLine line, ReplyBuffer reply) {
        String cluster = this.facts.setting("cluster");
        if (cluster.isEmpty() || !line.word(1).equals("get") || !line.word(2).equals("cluster")) {
            return answer(reply, "ERROR");
        }
        reply.line("CONFIG cluster 0 " + cluster.length()).text(cluster);
        return answer(reply.line(""), "END");
    }

}
