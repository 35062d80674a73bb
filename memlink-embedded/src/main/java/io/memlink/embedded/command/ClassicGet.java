package io.memlink.embedded.command;

import io.memlink.embedded.command.Counters.Counter;
import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The commands {@code get}, {@code gets}, {@code gat} and {@code gats}: many keys at
 * once, with or without CAS ids, with or without a new TTL.
 */
final class ClassicGet implements Command {

    private static final int MOST_AT_ONCE = 256 * 1024;

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    private final Release release;

    private final boolean withCas;

    private final boolean touches;

    ClassicGet(Store store, ServerTime time, Counters counters, Release release, String name) {
        this.store = store;
        this.time = time;
        this.counters = counters;
        this.release = release;
        this.withCas = name.endsWith("s");
        this.touches = name.startsWith("gat");
    }

    @Override
    public NextStep execute(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        int first = this.touches ? 2 : 1;
        if (line.size() <= first && this.release.since(Release.NEW_PARSER)) {
            throw BadRequestException.badFormat();
        }
        Integer ttl = this.touches ? Numbers.int32(line.token(1).text(), this.release) : Integer.valueOf(0);
        if (ttl == null) {
            throw new BadRequestException("CLIENT_ERROR invalid exptime argument");
        }
        RequestLine.Token key = line.tokenIfAny(first);
        if (line.forEachFrom(key, ClassicGet::isShort) != null) {
            fetchUpToLongKey(line, key, ttl);
            throw tooLong(line);
        }
        return fetch(line, key, ttl, reply);
    }

    private static boolean isShort(RequestLine.Token key) {
        return key.length() <= MetaRequest.LONGEST_KEY;
    }

    // It counts as a use of the items, though none is sent.
    private void fetchUpToLongKey(RequestLine line, RequestLine.@Nullable Token first, int ttl) {
        line.forEachFrom(first, (key) -> {
            if (isShort(key)) {
                fetch(new Item.Key(key.bytes()), ttl, new ReplyBuffer());
            }
            return isShort(key);
        });
    }

    // Of many values, those come later for which there is no room now.
    private NextStep fetch(RequestLine line, RequestLine.@Nullable Token first, int ttl, ReplyBuffer reply) {
        RequestLine.Token next = line.forEachFrom(first, (key) -> {
            if (reply.size() >= MOST_AT_ONCE) {
                return false;
            }
            fetch(new Item.Key(key.bytes()), ttl, reply);
            return true;
        });
        if (next != null) {
            return new NextStep.GoOn((rest) -> fetch(line, next, ttl, rest));
        }
        reply.line("END");
        return NextStep.READ_LINE;
    }

    // The empty line is what servers send since 1.6.40, and all they send if the last key
    // is called noreply.
    private BadRequestException tooLong(RequestLine line) {
        if (!this.release.since(Release.NEW_PARSER)) {
            return BadRequestException.badFormat();
        }
        return new BadRequestException(line.noreply() ? "" : BadRequestException.BAD_FORMAT + "\r\n");
    }

    private void fetch(Item.Key key, int ttl, ReplyBuffer reply) {
        Item item = this.store.find(key);
        this.counters.prefixes().fetched(key, item != null);
        count(item != null);
        if (item != null) {
            if (this.touches) {
                item.expiry(this.time.expiry(ttl));
            }
            write(item, reply);
            this.store.fetched(item);
        }
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
        reply.crlf().value(item.value()).crlf();
    }

}
