package io.memlink.embedded.command;

import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.SlabClasses;
import io.memlink.embedded.store.Store;

/**
 * The command {@code me}: shows an item for a human to read. Ignores every flag but
 * {@code b}, and that one too when it stands last, as servers do since 1.6.40.
 */
final class MetaDebug implements Command {

    // Before 1.6.24 the time to live has the wrong sign.
    private static final int RIGHT_SIGN = 24;

    private final Release release;

    private final Store store;

    private final ServerTime time;

    MetaDebug(Store store, ServerTime time, Release release) {
        this.release = release;
        this.store = store;
        this.time = time;
    }

    @Override
    public NextStep execute(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        if (line.size() < 2) {
            throw BadRequestException.badFormat();
        }
        if (line.token(1).length() > MetaRequest.LONGEST_KEY) {
            throw BadRequestException.badFormat();
        }
        boolean base64 = line.size() > (this.release.since(Release.NEW_PARSER) ? 3 : 2)
                && line.token(2).text().equals("b");
        Item.Key key = new Item.Key(base64 ? decode(line.token(1)) : line.token(1).bytes());
        Item item = this.store.find(key);
        if (item == null) {
            reply.line("EN");
            return NextStep.READ_LINE;
        }
        long ttl = (item.expiry() == ServerTime.NEVER) ? -1 : item.expiry() - this.time.now();
        if (!this.release.since(RIGHT_SIGN) && ttl > 0) {
            ttl = -ttl;
        }
        reply.text("ME ").bytes(item.binaryKey() ? Base64Keys.encode(key.bytes()) : key.bytes());
        reply.text(" exp=" + ttl + " la=" + (this.time.now() - item.accessed()) + " cas=");
        reply.unsigned(item.cas()).text(" fetch=" + (item.fetched() ? "yes" : "no"));
        reply.line(" cls=" + SlabClasses.of(item.size()) + " size=" + item.size());
        return NextStep.READ_LINE;
    }

    // Unlike that of the other commands, this one does not tell what is wrong.
    private static byte[] decode(RequestLine.Token key) throws BadRequestException {
        try {
            return Base64Keys.decode(key);
        }
        catch (BadRequestException ex) {
            throw BadRequestException.badFormat();
        }
    }

}
