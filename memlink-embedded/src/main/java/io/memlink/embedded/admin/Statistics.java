package io.memlink.embedded.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.memlink.embedded.admin.ServerFacts.OpenConnection;
import io.memlink.embedded.command.BadRequestException;
import io.memlink.embedded.command.Command;
import io.memlink.embedded.command.Counters;
import io.memlink.embedded.command.NextStep;
import io.memlink.embedded.command.Release;
import io.memlink.embedded.command.ReplyBuffer;
import io.memlink.embedded.command.RequestLine;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;

/**
 * The command {@code stats}. Shows every name that a real server shows; what would tell
 * of threads, slabs and logs that do not exist here is 0.
 */
final class Statistics implements Command {

    private static final String END = "END";

    private static final int CLIENT_FLAGS_SIZE = 22;

    private static final int BEGINNINGS = 40;

    /** What begins anew with a reset, besides the counts of the commands. */
    private static final List<String> RESET = List.of("total_items", "total_connections", "rejected_connections",
            "bytes_read", "bytes_written", "evictions", "evicted_unfetched", "reclaimed", "get_expired", "get_flushed");

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    private final ServerFacts facts;

    private final Release release;

    private final ItemStatistics items;

    private final Map<String, Long> atReset = new HashMap<>();

    Statistics(Store store, ServerTime time, Counters counters, ServerFacts facts, Release release) {
        this.store = store;
        this.time = time;
        this.counters = counters;
        this.facts = facts;
        this.release = release;
        this.items = new ItemStatistics(store, time, counters, this::number, release);
    }

    @Override
    public NextStep execute(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        String topic = topic(line);
        switch (topic) {
            case "" -> general(reply);
            case "reset" -> {
                reset();
                reply.line("RESET");
            }
            case "detail" -> detail(line, reply);
            case "settings" -> settings(reply);
            case "cachedump" -> this.items.dump(line, reply);
            case "conns" -> connections(reply);
            case "extstore" -> reply.line(END);
            case "items" -> this.items.items(reply);
            case "slabs" -> this.items.slabs(reply);
            case "sizes" -> reply.line("STAT sizes_status disabled").line(END);
            default -> throw new BadRequestException("ERROR");
        }
        return NextStep.READ_LINE;
    }

    void reset() {
        this.counters.reset();
        this.atReset.clear();
        RESET.forEach((name) -> this.atReset.put(name, number(name)));
    }

    // Since 1.6.40 the beginning of a topic is enough for some of them.
    private String topic(RequestLine line) {
        String word = line.word(1);
        if (this.release.since(BEGINNINGS) && !word.isEmpty()) {
            for (String topic : new String[] { "reset", "detail", "settings", "cachedump", "conns", "extstore" }) {
                if (topic.startsWith(word)) {
                    return topic;
                }
            }
        }
        return word;
    }

    private void general(ReplyBuffer reply) {
        Map<String, Object> values = new HashMap<>();
        values.put("pid", ProcessHandle.current().pid());
        values.put("uptime", this.time.uptime());
        values.put("time", this.time.unixTime());
        values.put("version", this.facts.version());
        values.put("limit_maxbytes", this.store.maxBytes());
        values.put("bytes", this.store.bytes());
        values.put("curr_items", this.store.size());
        for (String entry : StatisticNames.general()) {
            if (entry.equals(StatisticNames.COUNTERS)) {
                this.counters.all().forEach((name, count) -> stat(reply, name, count + number(name)));
            }
            else if (!isTooNew(entry)) {
                int colon = entry.indexOf(':');
                String name = (colon < 0) ? entry : entry.substring(0, colon);
                Object fallback = (colon < 0) ? number(name) : entry.substring(colon + 1);
                stat(reply, name, values.getOrDefault(name, fallback));
            }
        }
        reply.line(END);
    }

    private boolean isTooNew(String entry) {
        boolean old = entry.equals("slab_reassign_evictions_nomem");
        boolean recent = entry.equals("slab_reassign_busy_nomem") || entry.startsWith("slab_reassign_last_busy");
        return this.release.since(BEGINNINGS) ? old : recent;
    }

    private long number(String name) {
        return this.facts.number(name) + this.store.statistic(name) - this.atReset.getOrDefault(name, 0L);
    }

    private void settings(ReplyBuffer reply) {
        Map<String, Object> values = new HashMap<>();
        values.put("maxbytes", this.store.maxBytes());
        values.put("item_size_max", this.store.maxItemBytes());
        values.put("detail_enabled", this.counters.countsPrefixes() ? "yes" : "no");
        for (String entry : StatisticNames.settings()) {
            String name = entry.split(":")[0];
            if (name.equals("client_flags_size") && !this.release.since(CLIENT_FLAGS_SIZE)) {
                continue;
            }
            Object fallback = entry.contains(":") ? entry.substring(name.length() + 1) : this.facts.setting(name);
            stat(reply, name, values.getOrDefault(name, fallback));
        }
        reply.line(END);
    }

    private void connections(ReplyBuffer reply) {
        for (OpenConnection connection : this.facts.connections()) {
            stat(reply, connection.id() + ":addr", connection.address());
            if (!connection.listener().isEmpty()) {
                stat(reply, connection.id() + ":listen_addr", connection.listener());
            }
            stat(reply, connection.id() + ":state",
                    connection.listener().isEmpty() ? "conn_listening" : "conn_parse_cmd");
            stat(reply, connection.id() + ":secs_since_last_cmd", connection.idleSeconds());
        }
        reply.line(END);
    }

    private void detail(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        String word = line.word(2);
        boolean prefix = this.release.since(BEGINNINGS) && !word.isEmpty();
        if (word.equals("on") || (prefix && "on".startsWith(word))) {
            this.counters.countPrefixes(true);
            reply.line("OK");
        }
        else if (word.equals("off") || (prefix && "off".startsWith(word))) {
            this.counters.countPrefixes(false);
            reply.line("OK");
        }
        else if (word.equals("dump") || (prefix && "dump".startsWith(word))) {
            this.counters.writePrefixes(reply);
        }
        else {
            throw new BadRequestException("CLIENT_ERROR usage: stats detail on|off|dump");
        }
    }

    static void stat(ReplyBuffer reply, String name, Object value) {
        reply.line("STAT " + name + " " + value);
    }

}
