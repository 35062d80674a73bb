package io.memlink.embedded.command;

import io.memlink.embedded.command.Counters.Counter;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;

/**
 * The commands {@code flush_all} and {@code verbosity}. With {@code noreply} they hide
 * their errors as well.
 */
final class Administration {

    private static final String NOREPLY = "noreply";

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    Administration(Store store, ServerTime time, Counters counters) {
        this.store = store;
        this.time = time;
        this.counters = counters;
    }

    NextStep flushAll(RequestLine line, ReplyBuffer reply) {
        this.counters.add(Counter.CMD_FLUSH);
        boolean delayed = line.size() > 1 && !line.token(1).text().equals(NOREPLY);
        Integer delay = delayed ? Numbers.int32(line.token(1).text()) : Integer.valueOf(0);
        if (delay != null) {
            this.store.flush((delay <= 0) ? ServerTime.NEVER : this.time.expiry(delay));
        }
        return answer(line, reply, (delay != null) ? "OK" : "CLIENT_ERROR invalid exptime argument");
    }

    NextStep verbosity(RequestLine line, ReplyBuffer reply) {
        boolean valid = line.size() > 1 && Numbers.uint32(line.token(1).text()) != null;
        return answer(line, reply, valid ? "OK" : BadRequestException.BAD_FORMAT);
    }

    private static NextStep answer(RequestLine line, ReplyBuffer reply, String answer) {
        if (!line.lastIs(NOREPLY)) {
            reply.line(answer);
        }
        return NextStep.READ_LINE;
    }

}
