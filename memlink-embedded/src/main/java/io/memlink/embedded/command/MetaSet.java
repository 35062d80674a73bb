package io.memlink.embedded.command;

import java.util.List;

import io.memlink.embedded.command.Counters.Counter;
import io.memlink.embedded.command.RequestLine.Token;
import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;
import io.memlink.embedded.store.Store.Stored;
import io.memlink.embedded.store.StoreCondition;
import io.memlink.embedded.store.StoreCondition.Mode;

/**
 * The command {@code ms}: stores a value. Once the length is known, a refused payload is
 * swallowed, never read as commands; the old item does not survive a value that is too
 * large.
 */
final class MetaSet implements Command {

    private static final int KEY = 1;

    private static final int LENGTH = 2;

    private static final int MAX_FLAGS = 17;

    // The release in which append and prepend learnt to create items, and ms to tell
    // sizes.
    private static final int JOINS_CREATE = 20;

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    private final Release release;

    MetaSet(Store store, ServerTime time, Counters counters, Release release) {
        this.store = store;
        this.time = time;
        this.counters = counters;
        this.release = release;
    }

    @Override
    public NextStep execute(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        if (line.size() <= LENGTH) {
            throw BadRequestException.badFormat();
        }
        List<Token> flags = line.from(LENGTH + 1);
        MetaFlags.requireAlphanumeric(flags, this.release);
        int length = Numbers.payloadLength(line.token(LENGTH), this.release);
        requireReadable(line.token(KEY), flags);
        try {
            MetaRequest request = MetaRequest.parse(line.token(KEY), flags, MAX_FLAGS, this.release);
            StoreCondition condition = condition(request.flags());
            for (Token flag : flags) {
                if (flag.letter() == 'O') {
                    MetaFlags.requireShortOpaque(flag);
                }
            }
            requireSpace(request, length);
            return new NextStep.ReadPayload(length, true,
                    (data, terminated, answer) -> complete(request, condition, data, terminated, answer), (answer) -> {
                        dropWithoutMemory(request);
                        answer.line(BadRequestException.OUT_OF_MEMORY);
                    });
        }
        catch (BadRequestException ex) {
            return NextStep.refuse(length, ex.line());
        }
    }

    // Before 1.6.40 the payload of such a request is not passed over, and what it holds
    // is
    // carried out.
    private void requireReadable(Token key, List<Token> flags) throws BadRequestException {
        if (!this.release.since(Release.NEW_PARSER)) {
            if (key.length() > MetaRequest.LONGEST_KEY) {
                throw BadRequestException.badFormat();
            }
            if (flags.size() > MAX_FLAGS - 1) {
                throw new BadRequestException("CLIENT_ERROR options flags too long");
            }
        }
    }

    private StoreCondition condition(MetaFlags flags) throws BadRequestException {
        Mode mode = switch (flags.mode('S')) {
            case 'S' -> Mode.SET;
            case 'E' -> Mode.ADD;
            case 'A' -> Mode.APPEND;
            case 'P' -> Mode.PREPEND;
            case 'R' -> Mode.REPLACE;
            default -> throw new BadRequestException("CLIENT_ERROR invalid mode for ms M token");
        };
        return new StoreCondition(mode, flags.has('N') && this.release.since(JOINS_CREATE), flags.compare(),
                flags.has('I'));
    }

    // A large item finds out while it is read that there is no memory for it: then the
    // old one stays, and q silences even that.
    private void requireSpace(MetaRequest request, int length) throws BadRequestException {
        int clientFlags = request.flags().int32('F', 0);
        boolean fits = this.store.fits(request.key().length(), clientFlags, length);
        if (fits && this.store.outOfMemory() && this.store.inPieces(request.key().length(), clientFlags, length)) {
            throw request.quiet() ? BadRequestException.SILENT
                    : new BadRequestException(BadRequestException.OUT_OF_MEMORY_WHILE_READING);
        }
        if (!fits) {
            this.counters.add(Counter.STORE_TOO_LARGE);
            dropOld(request);
            throw new BadRequestException(BadRequestException.TOO_LARGE);
        }
        if (this.store.outOfMemory()) {
            dropWithoutMemory(request);
            throw new BadRequestException(BadRequestException.OUT_OF_MEMORY);
        }
    }

    private void dropWithoutMemory(MetaRequest request) {
        this.counters.add(Counter.STORE_NO_MEMORY);
        dropOld(request);
    }

    private void dropOld(MetaRequest request) {
        Item present = this.store.find(request.key());
        if (present != null) {
            this.store.remove(present);
        }
    }

    private void complete(MetaRequest request, StoreCondition condition, byte[] data, boolean terminated,
            ReplyBuffer reply) {
        if (!terminated) {
            reply.line(BadRequestException.BAD_CHUNK);
            return;
        }
        this.counters.add(Counter.CMD_SET);
        MetaFlags flags = request.flags();
        boolean joins = condition.mode() == Mode.APPEND || condition.mode() == Mode.PREPEND;
        int ttl = (joins && condition.vivify()) ? flags.int32('N', 0) : flags.int32('T', 0);
        Item candidate = new Item(request.key(), data, flags.int32('F', 0), this.time.expiry(ttl), flags.has('b'));
        Stored stored = this.store.store(candidate, condition, flags.uint64('E', 0));
        if (stored.item() != null && request.quiet()) {
            return;
        }
        Item item = stored.item();
        answer(request, stored, (item != null) ? item.cas() : 0, (item != null) ? item.value().length : data.length,
                reply);
    }

    private void answer(MetaRequest request, Stored stored, long cas, int length, ReplyBuffer reply) {
        reply.text(switch (stored.outcome()) {
            case STORED -> "HD";
            case NOT_STORED -> "NS";
            case EXISTS -> "EX";
            case NOT_FOUND -> "NF";
        });
        for (Token flag : request.flags().tokens()) {
            switch (flag.letter()) {
                case 'c' -> reply.flag('c', cas);
                case 's' -> {
                    if (this.release.since(JOINS_CREATE)) {
                        reply.flag('s', length);
                    }
                }
                case 'O' -> reply.text(" ").bytes(flag.bytes());
                case 'k' -> MetaRequest.echoKey(request.key(), request.flags().has('b'), reply);
                default -> {
                }
            }
        }
        reply.crlf();
    }

}
