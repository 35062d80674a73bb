package io.memlink.embedded.binary;

import io.memlink.embedded.command.Counters;
import io.memlink.embedded.command.Counters.Counter;
import io.memlink.embedded.command.NextStep;
import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;
import io.memlink.embedded.store.StoreCondition;
import io.memlink.embedded.store.StoreCondition.Mode;

/**
 * Stores a value, or adds it to the one that is there.
 */
final class BinarySet {

    private static final int EXPIRY = 4;

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    BinarySet(Store store, ServerTime time, Counters counters) {
        this.store = store;
        this.time = time;
        this.counters = counters;
    }

    NextStep execute(Opcode opcode, BinaryRequest request, BinaryReply reply) {
        boolean joins = opcode == Opcode.APPEND || opcode == Opcode.PREPEND;
        Item.Key key = request.key();
        int flags = joins ? 0 : request.extra32(0);
        long expiry = joins ? ServerTime.NEVER : this.time.expiry(Integer.toUnsignedLong(request.extra32(EXPIRY)));
        int length = (int) Math.min(request.valueLength(), Integer.MAX_VALUE);
        this.counters.storedByPrefix(key);
        boolean fits = this.store.fits(key.length(), flags, request.valueLength());
        if (!fits || this.store.outOfMemory()) {
            refuse(opcode, key, fits, reply);
            return NextStep.refuse(length, "");
        }
        return new NextStep.ReadPayload(length, true, (data, terminated, out) -> {
            Item item = new Item(key, data, flags, expiry, false);
            store(opcode, item, request, new BinaryReply(request, out));
        }, (out) -> refuse(opcode, key, true, new BinaryReply(request, out)));
    }

    private void refuse(Opcode opcode, Item.Key key, boolean fits, BinaryReply reply) {
        this.counters.add(fits ? Counter.STORE_NO_MEMORY : Counter.STORE_TOO_LARGE);
        reply.fail(fits ? Status.OUT_OF_MEMORY : Status.TOO_LARGE);
        Item present = this.store.find(key);
        if (present != null && opcode == Opcode.SET) {
            this.store.remove(present);
        }
    }

    private void store(Opcode opcode, Item item, BinaryRequest request, BinaryReply reply) {
        Mode mode = Mode.valueOf(opcode.name());
        boolean compares = request.cas() != 0;
        boolean joins = mode == Mode.APPEND || mode == Mode.PREPEND;
        StoreCondition condition = !compares ? StoreCondition.of(mode)
                : joins ? new StoreCondition(mode, false, request.cas(), false) : StoreCondition.compare(request.cas());
        this.counters.add(Counter.CMD_SET);
        Store.Stored stored = this.store.store(item, condition, 0);
        if (compares && !joins) {
            this.counters.add(switch (stored.outcome()) {
                case STORED -> Counter.CAS_HITS;
                case EXISTS -> Counter.CAS_BADVAL;
                default -> Counter.CAS_MISSES;
            });
        }
        Item now = stored.item();
        if (now != null) {
            reply.done(now.cas());
            return;
        }
        reply.fail(switch (stored.outcome()) {
            case EXISTS -> Status.EXISTS;
            case NOT_FOUND -> Status.NOT_FOUND;
            default ->
                (mode == Mode.ADD) ? Status.EXISTS : (mode == Mode.REPLACE) ? Status.NOT_FOUND : Status.NOT_STORED;
        });
    }

}
