package io.memlink.embedded.command;

import io.memlink.embedded.command.Counters.Counter;
import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;

/**
 * The command {@code md}: removes an item, marks it stale ({@code I}) or empties it
 * ({@code x}).
 */
final class MetaDelete implements Command {

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    private final Release release;

    MetaDelete(Store store, ServerTime time, Counters counters, Release release) {
        this.store = store;
        this.time = time;
        this.counters = counters;
        this.release = release;
    }

    @Override
    public NextStep execute(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        MetaRequest request = parse(line);
        // The echo is built first: an opaque that is too long must leave the item alone.
        ReplyBuffer echo = new ReplyBuffer();
        request.echoAll(echo);
        String code = delete(request);
        if (!request.quiet() || !code.equals("HD")) {
            reply.text(code).bytes(echo.toByteArray());
        }
        return NextStep.READ_LINE;
    }

    private MetaRequest parse(RequestLine line) throws BadRequestException {
        try {
            return MetaRequest.parse(line, this.release);
        }
        catch (BadRequestException ex) {
            throw isOfFlags(line, ex) ? new BadRequestException("CLIENT_ERROR invalid or duplicate flag") : ex;
        }
    }

    // Before 1.6.40 all that is wrong with flags has the same text.
    private boolean isOfFlags(RequestLine line, BadRequestException ex) {
        return !this.release.since(Release.NEW_PARSER) && !ex.line().contains("too long") && line.size() > 1
                && line.token(1).length() <= MetaRequest.LONGEST_KEY;
    }

    private String delete(MetaRequest request) {
        MetaFlags flags = request.flags();
        Item item = this.store.find(request.key());
        Long compare = flags.compare();
        if (item == null || (compare != null && compare != item.cas())) {
            this.counters.add(Counter.DELETE_MISSES);
            return (item == null) ? "NF" : "EX";
        }
        this.counters.add(Counter.DELETE_HITS);
        if (flags.has('x')) {
            item = this.store.erase(item, flags.int32('F', 0), this.time.expiry(flags.int32('T', 0)));
        }
        if (flags.has('I')) {
            if (flags.has('T')) {
                item.expiry(this.time.expiry(flags.int32('T', 0)));
            }
            this.store.markStale(item, flags.uint64('E', 0));
        }
        else if (!flags.has('x')) {
            this.store.remove(item);
        }
        else if (flags.has('E')) {
            item.cas(flags.uint64('E', 0));
        }
        return "HD";
    }

}
