package io.memlink.embedded.binary;

import java.nio.ByteBuffer;

import io.memlink.embedded.command.Counters;
import io.memlink.embedded.command.Counters.Counter;
import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;

/**
 * Reads an item, gives it a new expiry, or both.
 */
final class BinaryGet {

    private static final byte[] NOTHING = new byte[0];

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    BinaryGet(Store store, ServerTime time, Counters counters) {
        this.store = store;
        this.time = time;
        this.counters = counters;
    }

    void execute(Opcode opcode, BinaryRequest request, BinaryReply reply) {
        boolean touches = opcode == Opcode.TOUCH || opcode == Opcode.GAT || opcode == Opcode.GATK;
        boolean withKey = opcode == Opcode.GETK || opcode == Opcode.GATK;
        Item.Key key = request.key();
        Item item = this.store.find(key);
        count(touches, item != null);
        this.counters.fetchedByPrefix(key, item != null);
        byte[] shownKey = withKey ? key.bytes() : NOTHING;
        if (item != null) {
            if (touches) {
                item.expiry(this.time.expiry(Integer.toUnsignedLong(request.extra32(0))));
            }
            byte[] flags = ByteBuffer.allocate(Integer.BYTES).putInt(item.clientFlags()).array();
            reply.write(Status.OK, item.cas(), flags, shownKey, (opcode != Opcode.TOUCH) ? item.value() : NOTHING);
            this.store.fetched(item);
        }
        else if (!request.quiet() && withKey) {
            reply.write(Status.NOT_FOUND, 0, NOTHING, shownKey, NOTHING);
        }
        else if (!request.quiet()) {
            reply.fail(Status.NOT_FOUND);
        }
    }

    private void count(boolean touches, boolean hit) {
        this.counters.add(touches ? Counter.CMD_TOUCH : Counter.CMD_GET);
        if (touches) {
            this.counters.add(hit ? Counter.TOUCH_HITS : Counter.TOUCH_MISSES);
        }
        else {
            this.counters.add(hit ? Counter.GET_HITS : Counter.GET_MISSES);
        }
    }

}
