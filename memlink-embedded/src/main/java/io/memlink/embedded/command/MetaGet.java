package io.memlink.embedded.command;

import io.memlink.embedded.command.Counters.Counter;
import io.memlink.embedded.command.RequestLine.Token;
import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;

/**
 * The command {@code mg}: reads an item or its metadata, and hands out the right to
 * recache it. Flags act from left to right, so {@code t T50} answers the old TTL and
 * {@code T50 t} the new one.
 */
final class MetaGet implements Command {

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    private final Release release;

    MetaGet(Store store, ServerTime time, Counters counters, Release release) {
        this.store = store;
        this.time = time;
        this.counters = counters;
        this.release = release;
    }

    @Override
    public NextStep execute(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        MetaRequest request = MetaRequest.parse(line, this.release);
        MetaFlags flags = request.flags();
        Item item = this.store.find(request.key());
        boolean created = item == null && flags.has('N');
        count(flags.has('T'), item != null);
        if (created) {
            item = this.store.vivify(request.key(), flags.uint64('E', 0));
        }
        if (item != null) {
            hit(request, item, created, reply);
        }
        else {
            reply.text("EN");
            request.echoAll(reply);
            if (request.quiet()) {
                reply.clear();
            }
        }
        return NextStep.READ_LINE;
    }

    private void count(boolean touch, boolean hit) {
        this.counters.add(Counter.CMD_GET);
        if (touch) {
            this.counters.add(Counter.CMD_TOUCH);
            this.counters.add(hit ? Counter.TOUCH_HITS : Counter.TOUCH_MISSES);
        }
        this.counters.add(hit ? Counter.GET_HITS : Counter.GET_MISSES);
    }

    private void hit(MetaRequest request, Item item, boolean created, ReplyBuffer reply) throws BadRequestException {
        MetaFlags flags = request.flags();
        // Before 1.6.40 a get does not compare.
        Long compare = this.release.since(Release.NEW_PARSER) ? flags.compare() : null;
        boolean sendValue = flags.has('v') && (compare == null || compare != item.cas());
        reply.text(sendValue ? "VA " + item.value().length : "HD");
        boolean won = false;
        for (Token flag : flags.tokens()) {
            won |= apply(flag, request, item, created, reply);
        }
        mark(item, won, reply);
        reply.crlf();
        if (sendValue) {
            reply.value(item.value()).crlf();
        }
        if (!flags.has('u')) {
            this.store.fetched(item);
        }
    }

    // Answers whether the flag makes this client the one to recache.
    private boolean apply(Token flag, MetaRequest request, Item item, boolean created, ReplyBuffer reply)
            throws BadRequestException {
        switch (flag.letter()) {
            case 'T' -> item.expiry(this.time.expiry(request.flags().int32('T', 0)));
            case 'N' -> {
                if (created) {
                    item.expiry(this.time.expiry(request.flags().int32('N', 0)));
                    return true;
                }
            }
            case 'R' -> {
                return !created && !item.winSent() && item.expiry() != ServerTime.NEVER
                        && item.expiry() < this.time.expiry(request.flags().int32('R', 0));
            }
            case 'k' -> MetaRequest.echoKey(item.key(), item.binaryKey(), reply);
            case 'O' -> request.echo(flag, reply);
            default -> describe(flag.letter(), item, reply);
        }
        return false;
    }

    private void describe(char letter, Item item, ReplyBuffer reply) {
        switch (letter) {
            case 's' -> reply.flag('s', item.value().length);
            case 't' -> remaining(item, reply);
            case 'c' -> reply.flag('c', item.cas());
            case 'f' -> reply.flag('f', Integer.toUnsignedLong(item.clientFlags()));
            case 'l' -> reply.flag('l', this.time.now() - item.accessed());
            case 'h' -> reply.flag('h', item.fetched() ? 1 : 0);
            default -> {
            }
        }
    }

    private void remaining(Item item, ReplyBuffer reply) {
        remaining(item, this.time, reply);
    }

    // An item that expired by this very request shows a difference that wrapped around in
    // 32 bits.
    static void remaining(Item item, ServerTime time, ReplyBuffer reply) {
        if (item.expiry() == ServerTime.NEVER) {
            reply.text(" t-1");
        }
        else {
            reply.flag('t', (item.expiry() - time.now()) & 0xffff_ffffL);
        }
    }

    // W and Z never come together: who wins now was not beaten before.
    private static void mark(Item item, boolean won, ReplyBuffer reply) {
        boolean beaten = item.winSent();
        if (beaten) {
            reply.text(" Z");
        }
        if (item.stale()) {
            reply.text(" X");
        }
        if (won || (item.stale() && !beaten)) {
            reply.text(" W");
            item.winSent(true);
        }
    }

}
