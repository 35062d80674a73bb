package io.memlink.embedded.command;

import java.util.List;

import io.memlink.embedded.command.Counters.Counter;
import io.memlink.embedded.command.RequestLine.Token;
import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;

/**
 * The commands {@code get}, {@code gets}, {@code gat} and {@code gats}: many keys at
 * once, with or without CAS ids, with or without a new TTL.
 */
final class ClassicGet implements Command {

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    private final boolean withCas;

    private final boolean touches;

    ClassicGet(Store store, ServerTime time, Counters counters, String name) {
        this.store = store;
        this.time = time;
        this.counters = counters;
        this.withCas = name.endsWith("s");
        this.touches = name.startsWith("gat");
    }

    @Override
    public NextStep execute(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        List<Token> keys = line.from(this.touches ? 2 : 1);
        if (keys.isEmpty()) {
            throw BadRequestException.badFormat();
        }
        Integer ttl = this.touches ? Numbers.int32(line.token(1).text()) : Integer.valueOf(0);
        if (ttl == null) {
            throw new BadRequestException("CLIENT_ERROR invalid exptime argument");
        }
        for (Token key : keys) {
            if (key.length() > MetaRequest.LONGEST_KEY) {
                // The empty line is what servers send since 1.6.40.
                throw new BadRequestException(BadRequestException.BAD_FORMAT + "\r\n");
            }
            Item item = this.store.find(new Item.Key(key.bytes()));
            count(item != null);
            if (item != null) {
                if (this.touches) {
                    item.expiry(this.time.expiry(ttl));
                }
                write(item, reply);
                this.store.fetched(item);
            }
        }
        reply.line("END");
        return NextStep.READ_LINE;
    }

    private void count(boolean hit) {
        this.counters.add(Counter.CMD_GET);
        this.counters.add(hit ? Counter.GET_HITS : Counter.GET_MISSES);
        if (this.touches) {
            this.counters.add(Counter.CMD_TOUCH);
            this.counters.add(hit ? Counter.TOUCH_HITS : Counter.TOUCH_MISSES);
        }
    }

    private void write(Item item, ReplyBuffer reply) {
        reply.text("VALUE ").bytes(item.key().bytes()).text(" ");
        reply.unsigned(Integer.toUnsignedLong(item.clientFlags())).text(" " + item.value().length);
        if (this.withCas) {
            reply.text(" ").unsigned(item.cas());
        }
        reply.crlf().bytes(item.value()).crlf();
    }

}
