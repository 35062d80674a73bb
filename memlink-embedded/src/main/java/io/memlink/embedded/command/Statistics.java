package io.memlink.embedded.command;

import io.memlink.embedded.command.CommandInterpreter.ServerFacts;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;

/**
 * The command {@code stats}, as far as tools and health checks look at it.
 */
final class Statistics implements Command {

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    private final ServerFacts facts;

    Statistics(Store store, ServerTime time, Counters counters, ServerFacts facts) {
        this.store = store;
        this.time = time;
        this.counters = counters;
        this.facts = facts;
    }

    @Override
    public NextStep execute(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        switch ((line.size() > 1) ? line.token(1).text() : "") {
            case "" -> general(reply);
            case "settings" -> settings(reply);
            case "items", "conns" -> reply.line("END");
            case "slabs" -> {
                stat(reply, "active_slabs", 0);
                stat(reply, "total_malloced", 0);
                reply.line("END");
            }
            case "sizes" -> reply.line("STAT sizes_status disabled").line("END");
            case "reset" -> {
                this.counters.reset();
                reply.line("RESET");
            }
            default -> throw new BadRequestException("ERROR");
        }
        return NextStep.READ_LINE;
    }

    private void general(ReplyBuffer reply) {
        stat(reply, "pid", ProcessHandle.current().pid());
        stat(reply, "uptime", this.time.uptime());
        stat(reply, "time", this.time.unixTime());
        reply.line("STAT version " + this.facts.version());
        stat(reply, "curr_connections", this.facts.connections().getAsInt());
        stat(reply, "total_connections", this.facts.totalConnections().getAsLong());
        this.counters.write(reply);
        stat(reply, "limit_maxbytes", this.store.maxBytes());
        stat(reply, "threads", 1);
        stat(reply, "bytes", this.store.bytes());
        stat(reply, "curr_items", this.store.size());
        stat(reply, "total_items", this.store.totalItems());
        stat(reply, "evictions", this.store.evictions());
        reply.line("END");
    }

    private void settings(ReplyBuffer reply) {
        stat(reply, "maxbytes", this.store.maxBytes());
        reply.line("STAT evictions on");
        reply.line("STAT cas_enabled yes");
        stat(reply, "item_size_max", this.store.maxItemBytes());
        reply.line("STAT auth_enabled_ascii " + (this.facts.authenticates() ? "yes" : "no"));
        reply.line("STAT flush_enabled yes");
        stat(reply, "client_flags_size", Integer.BYTES);
        reply.line("STAT ssl_enabled no");
        stat(reply, "num_threads", 1);
        reply.line("END");
    }

    private static void stat(ReplyBuffer reply, String name, long value) {
        reply.line("STAT " + name + " " + value);
    }

}
