package io.memlink.embedded.command;

import io.memlink.embedded.command.Counters.Counter;
import io.memlink.embedded.command.RequestLine.Token;
import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;
import io.memlink.embedded.store.Store.Stored;
import io.memlink.embedded.store.StoreCondition;
import io.memlink.embedded.store.StoreCondition.Mode;

/**
 * The commands {@code set}, {@code add}, {@code replace}, {@code append}, {@code prepend}
 * and {@code cas}. Unlike {@code ms}, only {@code set} drops the old item when the new
 * one is too large, and {@code noreply} hides errors.
 */
final class ClassicSet implements Command {

    private static final int KEY = 1;

    private static final int FLAGS = 2;

    private static final int TTL = 3;

    private static final int LENGTH = 4;

    private static final int CAS = 5;

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    private final Release release;

    private final String name;

    ClassicSet(Store store, ServerTime time, Counters counters, Release release, String name) {
        this.store = store;
        this.time = time;
        this.counters = counters;
        this.release = release;
        this.name = name;
    }

    @Override
    public NextStep execute(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        if (line.size() <= LENGTH || (!this.release.since(Release.NEW_PARSER) && line.size() > CAS + 2)) {
            throw BadRequestException.badFormat();
        }
        boolean noreply = line.lastIs("noreply");
        int length = length(line, noreply);
        try {
            Item.Key key = key(line.token(KEY));
            StoreCondition condition = condition(line);
            Integer clientFlags = Numbers.lenientUint32(number(line.token(FLAGS)));
            Integer ttl = Numbers.lenientInt32(number(line.token(TTL)));
            if (clientFlags == null || ttl == null) {
                throw BadRequestException.badFormat();
            }
            this.counters.prefixes().stored(key);
            requireSpace(key, clientFlags, length);
            return new NextStep.ReadPayload(length, true, (data, terminated, answer) -> {
                Item item = new Item(key, data, clientFlags, this.time.expiry(ttl), false);
                String text = terminated ? store(item, condition) : BadRequestException.BAD_CHUNK;
                if (!noreply) {
                    answer.line(text);
                }
            }, (answer) -> {
                dropWithoutMemory(key);
                if (!noreply) {
                    answer.line(BadRequestException.OUT_OF_MEMORY);
                }
            });
        }
        catch (BadRequestException ex) {
            if (!this.release.since(Release.NEW_PARSER) && ex.line().startsWith("CLIENT_ERROR")) {
                return refuseLine(ex, noreply, reply);
            }
            return NextStep.refuse(length, noreply ? "" : ex.line());
        }
    }

    // Before 1.6.40 not even this error is sent to a client that wants no answer.
    private int length(RequestLine line, boolean noreply) throws BadRequestException {
        try {
            return Numbers.payloadLength(line.token(LENGTH), this.release);
        }
        catch (BadRequestException ex) {
            throw (noreply && !this.release.since(Release.NEW_PARSER)) ? BadRequestException.SILENT : ex;
        }
    }

    // Since 1.6.40 words are not cut off, and white space before a number may be all of
    // one.
    private String number(Token token) {
        return this.release.since(Release.NEW_PARSER) ? token.textAndRest() : token.text();
    }

    // Before 1.6.40 the payload is not passed over, and what it holds is carried out.
    private static NextStep refuseLine(BadRequestException ex, boolean noreply, ReplyBuffer reply) {
        if (!noreply) {
            reply.line(ex.line());
        }
        return NextStep.READ_LINE;
    }

    private static Item.Key key(Token token) throws BadRequestException {
        if (token.length() > MetaRequest.LONGEST_KEY) {
            throw BadRequestException.badFormat();
        }
        return new Item.Key(token.bytes());
    }

    private StoreCondition condition(RequestLine line) throws BadRequestException {
        return switch (this.name) {
            case "add" -> StoreCondition.of(Mode.ADD);
            case "replace" -> StoreCondition.of(Mode.REPLACE);
            case "append" -> StoreCondition.of(Mode.APPEND);
            case "prepend" -> StoreCondition.of(Mode.PREPEND);
            case "cas" -> StoreCondition.compare(casOf(line));
            default -> StoreCondition.of(Mode.SET);
        };
    }

    private long casOf(RequestLine line) throws BadRequestException {
        Long cas = (line.size() > CAS) ? Numbers.uint64(line.token(CAS).text(), this.release) : null;
        if (cas == null) {
            throw BadRequestException.badFormat();
        }
        return cas;
    }

    private void requireSpace(Item.Key key, int clientFlags, int length) throws BadRequestException {
        boolean fits = this.store.fits(key.length(), clientFlags, length);
        if (fits && this.store.outOfMemory() && this.store.inPieces(key.length(), clientFlags, length)) {
            throw new BadRequestException(BadRequestException.OUT_OF_MEMORY_WHILE_READING);
        }
        if (!fits) {
            this.counters.add(Counter.STORE_TOO_LARGE);
            dropOld(key);
            throw new BadRequestException(BadRequestException.TOO_LARGE);
        }
        if (this.store.outOfMemory()) {
            dropWithoutMemory(key);
            throw new BadRequestException(BadRequestException.OUT_OF_MEMORY);
        }
    }

    private void dropWithoutMemory(Item.Key key) {
        this.counters.add(Counter.STORE_NO_MEMORY);
        dropOld(key);
    }

    private void dropOld(Item.Key key) {
        Item present = this.store.find(key);
        if (present != null && this.name.equals("set")) {
            this.store.remove(present);
        }
    }

    private String store(Item item, StoreCondition condition) {
        this.counters.add(Counter.CMD_SET);
        Stored.Outcome outcome = this.store.store(item, condition, 0).outcome();
        if (condition.compare() != null) {
            this.counters.add(switch (outcome) {
                case STORED -> Counter.CAS_HITS;
                case EXISTS -> Counter.CAS_BADVAL;
                default -> Counter.CAS_MISSES;
            });
        }
        return outcome.name();
    }

}
