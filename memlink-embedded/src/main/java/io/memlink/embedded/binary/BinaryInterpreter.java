package io.memlink.embedded.binary;

import java.nio.charset.StandardCharsets;

import io.memlink.embedded.command.CommandInterpreter;
import io.memlink.embedded.command.Counters;
import io.memlink.embedded.command.NextStep;
import io.memlink.embedded.command.ReplyBuffer;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;

/**
 * Finds the operation of a request and has it carried out. Confined to the thread of the
 * server.
 *
 * @since 0.1.0
 */
public final class BinaryInterpreter {

    private static final int LONGEST_KEY = 250;

    private static final int STORE_EXTRAS = 8;

    private static final int COUNT_EXTRAS = 20;

    private static final int EXPIRY_EXTRAS = 4;

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    private final BinaryGet get;

    private final BinarySet set;

    private final BinaryChange change;

    private final BinaryStatistics statistics;

    /**
     * Creates the operations over a store.
     * @param commands the text commands, which know the statistics
     * @param store the items
     * @param time the time of the server
     */
    public BinaryInterpreter(CommandInterpreter commands, Store store, ServerTime time) {
        this.store = store;
        this.time = time;
        this.counters = commands.counters();
        this.get = new BinaryGet(store, time, this.counters);
        this.set = new BinarySet(store, time, this.counters);
        this.change = new BinaryChange(store, time, this.counters);
        this.statistics = new BinaryStatistics(commands);
    }

    /**
     * Carries out a request, or as much of it as is possible without its value.
     * @param request the request
     * @param out where the reply goes; stays empty if there is none
     * @return what the connection does next
     */
    public NextStep interpret(BinaryRequest request, ReplyBuffer out) {
        BinaryReply reply = new BinaryReply(request, out);
        if (request.valueLength() < 0) {
            reply.fail(Status.UNKNOWN_COMMAND);
            return NextStep.FLUSH_AND_CLOSE;
        }
        Opcode opcode = request.opcode();
        boolean login = request.isLogin();
        if (request.keyLength() > LONGEST_KEY || (opcode != null && !isWellFormed(opcode, request))
                || (login && !isWellFormedLogin(request))) {
            reply.fail(Status.INVALID);
            return NextStep.FLUSH_AND_CLOSE;
        }
        if (opcode == null) {
            reply.fail(Status.UNKNOWN_COMMAND);
            // A real server has passed over extras and key by now, and does so once more,
            // except for a login: it knows what that is, and only was not told to have
            // it.
            return skip(login ? request.valueLength() : request.bodyLength());
        }
        return execute(opcode, request, reply);
    }

    private static boolean isWellFormed(Opcode opcode, BinaryRequest request) {
        boolean key = request.keyLength() > 0;
        int extras = request.extrasLength();
        boolean value = request.valueLength() > 0;
        return switch (opcode) {
            case GET, GETK, DELETE -> key && extras == 0 && !value;
            case SET, ADD, REPLACE -> key && extras == STORE_EXTRAS;
            case APPEND, PREPEND -> key && extras == 0;
            case INCREMENT, DECREMENT -> key && extras == COUNT_EXTRAS && !value;
            case TOUCH, GAT, GATK -> key && extras == EXPIRY_EXTRAS && !value;
            case FLUSH -> !key && (extras == 0 || extras == EXPIRY_EXTRAS) && !value;
            case QUIT, NOOP, VERSION -> !key && extras == 0 && !value;
            case STAT -> extras == 0 && !value;
        };
    }

    // To ask how to log in takes nothing, to log in takes the way as the key.
    private static boolean isWellFormedLogin(BinaryRequest request) {
        return request.asksForLogins() ? request.bodyLength() == 0
                : request.keyLength() > 0 && request.extrasLength() == 0;
    }

    private NextStep execute(Opcode opcode, BinaryRequest request, BinaryReply reply) {
        switch (opcode) {
            case SET, ADD, REPLACE, APPEND, PREPEND -> {
                return this.set.execute(opcode, request, reply);
            }
            case GET, GETK, TOUCH, GAT, GATK -> this.get.execute(opcode, request, reply);
            case DELETE -> this.change.delete(request, reply);
            case INCREMENT, DECREMENT -> this.change.count(opcode == Opcode.INCREMENT, request, reply);
            case STAT -> this.statistics.execute(request, reply);
            case VERSION -> reply.done(0, this.statistics.version().getBytes(StandardCharsets.ISO_8859_1));
            case FLUSH -> {
                flush(request);
                reply.done(0);
            }
            case NOOP -> {
                reply.done(0);
                return NextStep.FLUSH;
            }
            case QUIT -> {
                reply.done(0);
                return NextStep.FLUSH_AND_CLOSE;
            }
        }
        return NextStep.READ_LINE;
    }

    private void flush(BinaryRequest request) {
        long delay = (request.extrasLength() > 0) ? Integer.toUnsignedLong(request.extra32(0)) : 0;
        this.counters.flushed();
        this.store.flush((delay == 0) ? ServerTime.NEVER : this.time.expiry(delay));
    }

    /**
     * Passes over a request and its value.
     * @param request the request
     * @param answer what it is answered with all the same, empty for nothing
     * @param out where the answer goes
     * @return what the connection does next
     */
    public NextStep refuse(BinaryRequest request, String answer, ReplyBuffer out) {
        if (!answer.isEmpty()) {
            // The status says already what the text protocol says with a prefix.
            new BinaryReply(request, out).fail(Status.INTERNAL, answer.replaceFirst("^SERVER_ERROR ", ""));
        }
        return skip(request.valueLength());
    }

    /**
     * Answers that there is no memory, in the place of a reply that cannot be kept.
     * @param refused the reply
     * @param out where the answer goes
     */
    public static void outOfMemory(ReplyBuffer refused, ReplyBuffer out) {
        BinaryReply.outOfMemory(refused.parts().get(0), out);
    }

    private static NextStep skip(long length) {
        return (length > 0) ? NextStep.refuse((int) Math.min(length, Integer.MAX_VALUE), "") : NextStep.READ_LINE;
    }

}
