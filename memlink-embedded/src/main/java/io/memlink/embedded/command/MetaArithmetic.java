package io.memlink.embedded.command;

import java.nio.charset.StandardCharsets;

import io.memlink.embedded.command.Counters.Counter;
import io.memlink.embedded.command.RequestLine.Token;
import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;
import io.memlink.embedded.store.StoreCondition;
import io.memlink.embedded.store.StoreCondition.Mode;
import io.memlink.embedded.store.Sum;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code ma}: counts up, modulo 2^64, or down, not below zero. A missing
 * number is created, without the delta, if the request has a TTL for it.
 */
final class MetaArithmetic implements Command {

    static final String NON_NUMERIC = "CLIENT_ERROR cannot increment or decrement non-numeric value";

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    private final Release release;

    MetaArithmetic(Store store, ServerTime time, Counters counters, Release release) {
        this.store = store;
        this.time = time;
        this.counters = counters;
        this.release = release;
    }

    @Override
    public NextStep execute(RequestLine line, ReplyBuffer reply) throws BadRequestException {
        MetaRequest request = parse(line);
        MetaFlags flags = request.flags();
        boolean up = isUp(flags);
        Sum sum = this.store.add(request.key(), flags.uint64('C', 0), Sum.change(up, flags.uint64('D', 1)));
        switch (sum.outcome()) {
            case DONE -> {
                count(up, true);
                done(request, sum, reply);
            }
            case NON_NUMERIC -> throw new BadRequestException(NON_NUMERIC);
            case EXISTS -> failed("EX", request, reply);
            case NOT_FOUND -> {
                count(up, false);
                missing(request, reply);
            }
        }
        return NextStep.READ_LINE;
    }

    // Whatever is wrong with key or flags, real servers answer the same text.
    private MetaRequest parse(RequestLine line) throws BadRequestException {
        if (line.size() < 2) {
            throw BadRequestException.badFormat();
        }
        if (!this.release.since(Release.NEW_PARSER) && line.token(1).length() > MetaRequest.LONGEST_KEY) {
            throw BadRequestException.badFormat();
        }
        MetaFlags.requireAlphanumeric(line.from(2), this.release);
        try {
            return MetaRequest.parse(line, this.release);
        }
        catch (BadRequestException ex) {
            throw ex.line().contains("too long") ? ex
                    : new BadRequestException("CLIENT_ERROR invalid or duplicate flag");
        }
    }

    private static boolean isUp(MetaFlags flags) throws BadRequestException {
        return switch (flags.mode('I')) {
            case 'I', '+' -> true;
            case 'D', '-' -> false;
            default -> throw new BadRequestException("CLIENT_ERROR invalid mode for ma M token");
        };
    }

    private void count(boolean up, boolean hit) {
        this.counters.add(
                up ? (hit ? Counter.INCR_HITS : Counter.INCR_MISSES) : (hit ? Counter.DECR_HITS : Counter.DECR_MISSES));
    }

    private void done(MetaRequest request, Sum sum, ReplyBuffer reply) throws BadRequestException {
        Item item = sum.item();
        if (item != null) {
            if (request.flags().has('E')) {
                item.cas(request.flags().uint64('E', 0));
            }
            answer(request, item, sum.number(), false, reply);
        }
    }

    private void missing(MetaRequest request, ReplyBuffer reply) throws BadRequestException {
        MetaFlags flags = request.flags();
        if (!flags.has('N')) {
            failed("NF", request, reply);
            return;
        }
        long initial = flags.uint64('J', 0);
        byte[] digits = Long.toUnsignedString(initial).getBytes(StandardCharsets.US_ASCII);
        @Nullable Item item = this.store
            .store(new Item(request.key(), digits, 0, ServerTime.NEVER, false), StoreCondition.of(Mode.ADD),
                    flags.uint64('E', 0))
            .item();
        if (item != null) {
            answer(request, item, initial, true, reply);
        }
    }

    private static void failed(String code, MetaRequest request, ReplyBuffer reply) throws BadRequestException {
        reply.text(code);
        request.echoAll(reply);
    }

    private void answer(MetaRequest request, Item item, long number, boolean created, ReplyBuffer reply)
            throws BadRequestException {
        MetaFlags flags = request.flags();
        String digits = Long.toUnsignedString(number);
        reply.text(flags.has('v') ? "VA " + digits.length() : "HD");
        for (Token flag : flags.tokens()) {
            switch (flag.letter()) {
                case 'c' -> reply.flag('c', item.cas());
                case 't' -> MetaGet.remaining(item, this.time, reply);
                case 'T' -> item.expiry(this.time.expiry(flags.int32('T', 0)));
                case 'N' -> {
                    if (created) {
                        item.expiry(this.time.expiry(flags.int32('N', 0)));
                    }
                }
                default -> request.echo(flag, reply);
            }
        }
        reply.crlf();
        if (flags.has('v')) {
            reply.line(digits);
        }
        // Before 1.6.40 a number that was created is answered all the same.
        if (request.quiet() && (!created || this.release.since(Release.NEW_PARSER))) {
            reply.clear();
        }
    }

}
