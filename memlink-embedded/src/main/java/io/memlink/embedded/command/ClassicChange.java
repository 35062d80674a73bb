package io.memlink.embedded.command;

import io.memlink.embedded.command.Counters.Counter;
import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;
import io.memlink.embedded.store.Sum;

/**
 * The commands {@code delete}, {@code touch}, {@code incr} and {@code decr}.
 */
final class ClassicChange {

    private static final String NOT_FOUND = "NOT_FOUND";

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    private final Release release;

    ClassicChange(Store store, ServerTime time, Counters counters, Release release) {
        this.store = store;
        this.time = time;
        this.counters = counters;
        this.release = release;
    }

    NextStep delete(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        Item.Key key = key(line, 2);
        if (line.size() > 2 && !this.release.since(Release.NEW_PARSER) && !isOldDelete(line)) {
            return answer(line, reply, "CLIENT_ERROR bad command line format.  Usage: delete <key> [noreply]");
        }
        this.counters.prefixes().deleted(key);
        Item item = this.store.find(key);
        this.counters.add((item != null) ? Counter.DELETE_HITS : Counter.DELETE_MISSES);
        if (item != null) {
            this.store.remove(item);
        }
        return answer(line, reply, (item != null) ? "DELETED" : NOT_FOUND);
    }

    // A time, which must be 0, stood behind the key once.
    private static boolean isOldDelete(RequestLine line) {
        return line.word(2).equals("0") || (line.size() == 3 && line.noreply());
    }

    NextStep touch(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        Item.Key key = key(line, 3);
        Integer ttl = Numbers.int32(line.token(2).text(), this.release);
        if (ttl == null) {
            return answer(line, reply, "CLIENT_ERROR invalid exptime argument");
        }
        Item item = this.store.find(key);
        this.counters.add(Counter.CMD_TOUCH);
        this.counters.add((item != null) ? Counter.TOUCH_HITS : Counter.TOUCH_MISSES);
        if (item != null) {
            item.expiry(this.time.expiry(ttl));
            this.store.fetched(item);
        }
        return answer(line, reply, (item != null) ? "TOUCHED" : NOT_FOUND);
    }

    NextStep increment(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        return add(line, reply, true);
    }

    NextStep decrement(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        return add(line, reply, false);
    }

    private NextStep add(RequestLine line, ReplyBuffer reply, boolean up) throws BadRequestException {
        Item.Key key = key(line, 3);
        Long delta = Numbers.uint64(line.token(2).text(), this.release);
        if (delta == null) {
            return answer(line, reply, "CLIENT_ERROR invalid numeric delta argument");
        }
        Sum sum = this.store.add(key, 0, Sum.change(up, delta));
        boolean hit = sum.outcome() == Sum.Outcome.DONE;
        this.counters.add(
                up ? (hit ? Counter.INCR_HITS : Counter.INCR_MISSES) : (hit ? Counter.DECR_HITS : Counter.DECR_MISSES));
        return answer(line, reply, switch (sum.outcome()) {
            case DONE -> Long.toUnsignedString(sum.number());
            case NON_NUMERIC -> MetaArithmetic.NON_NUMERIC;
            default -> NOT_FOUND;
        });
    }

    private Item.Key key(RequestLine line, int minTokens) throws BadRequestException {
        if (line.size() < minTokens) {
            throw BadRequestException.badFormat();
        }
        if (line.token(1).length() > MetaRequest.LONGEST_KEY) {
            throw line.noreply() ? BadRequestException.SILENT : BadRequestException.badFormat();
        }
        return new Item.Key(line.token(1).bytes());
    }

    private static NextStep answer(RequestLine line, ReplyBuffer reply, String answer) {
        if (!line.lastIs("noreply")) {
            reply.line(answer);
        }
        return NextStep.READ_LINE;
    }

}
