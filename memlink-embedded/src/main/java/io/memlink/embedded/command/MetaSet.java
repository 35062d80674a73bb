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

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    MetaSet(Store store, ServerTime time, Counters counters) {
        this.store = store;
        this.time = time;
        this.counters = counters;
    }

    @Override
    public NextStep execute(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        if (line.size() <= LENGTH) {
            throw BadRequestException.badFormat();
        }
        List<Token> flags = line.from(LENGTH + 1);
        MetaFlags.requireAlphanumeric(flags);
        int length = Numbers.payloadLength(line.token(LENGTH));
        try {
            MetaRequest request = MetaRequest.parse(line.token(KEY), flags, MAX_FLAGS);
            StoreCondition condition = condition(request.flags());
            for (Token flag : flags) {
                if (flag.letter() == 'O') {
                    MetaFlags.requireShortOpaque(flag);
                }
            }
            requireSpace(request, length);
            return new NextStep.ReadPayload(length, true,
                    (data, terminated, answer) -> complete(request, condition, data, terminated, answer));
        }
        catch (BadRequestException ex) {
            return NextStep.refuse(length, ex.line());
        }
    }

    private static StoreCondition condition(MetaFlags flags) throws BadRequestException {
        Mode mode = switch (flags.mode('S')) {
            case 'S' -> Mode.SET;
            case 'E' -> Mode.ADD;
            case 'A' -> Mode.APPEND;
            case 'P' -> Mode.PREPEND;
            case 'R' -> Mode.REPLACE;
            default -> throw new BadRequestException("CLIENT_ERROR invalid mode for ms M token");
        };
        return new StoreCondition(mode, flags.has('N'), flags.compare(), flags.has('I'));
    }

    private void requireSpace(MetaRequest request, int length) throws BadRequestException {
        if (!this.store.fits(request.key().length(), request.flags().int32('F', 0), length)) {
            this.counters.add(Counter.STORE_TOO_LARGE);
            Item present = this.store.find(request.key());
            if (present != null) {
                this.store.remove(present);
            }
            throw new BadRequestException(BadRequestException.TOO_LARGE);
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

    private static void answer(MetaRequest request, Stored stored, long cas, int length, ReplyBuffer reply) {
        reply.text(switch (stored.outcome()) {
            case STORED -> "HD";
            case NOT_STORED -> "NS";
            case EXISTS -> "EX";
            case NOT_FOUND -> "NF";
        });
        for (Token flag : request.flags().tokens()) {
            switch (flag.letter()) {
                case 'c' -> reply.flag('c', cas);
                case 's' -> reply.flag('s', length);
                case 'O' -> reply.text(" ").bytes(flag.bytes());
                case 'k' -> MetaRequest.echoKey(request.key(), request.flags().has('b'), reply);
                default -> {
                }
            }
        }
        reply.crlf();
    }

}
