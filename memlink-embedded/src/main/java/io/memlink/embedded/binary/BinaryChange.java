package io.memlink.embedded.binary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.memlink.embedded.command.Counters;
import io.memlink.embedded.command.Counters.Counter;
import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;
import io.memlink.embedded.store.StoreCondition;
import io.memlink.embedded.store.Sum;

/**
 * Deletes an item, or counts one up or down.
 */
final class BinaryChange {

    private static final int INITIAL = 8;

    private static final int EXPIRY = 16;

    // An expiry that says: create nothing.
    private static final int CREATE_NOTHING = -1;

    private final Store store;

    private final ServerTime time;

    private final Counters counters;

    BinaryChange(Store store, ServerTime time, Counters counters) {
        this.store = store;
        this.time = time;
        this.counters = counters;
    }

    void delete(BinaryRequest request, BinaryReply reply) {
        Item.Key key = request.key();
        this.counters.deletedByPrefix(key);
        Item item = this.store.find(key);
        if (item == null) {
            this.counters.add(Counter.DELETE_MISSES);
            reply.fail(Status.NOT_FOUND);
        }
        else if (request.cas() != 0 && request.cas() != item.cas()) {
            reply.fail(Status.EXISTS);
        }
        else {
            this.counters.add(Counter.DELETE_HITS);
            this.store.remove(item);
            reply.done(0);
        }
    }

    void count(boolean up, BinaryRequest request, BinaryReply reply) {
        Item.Key key = request.key();
        Sum sum = this.store.add(key, request.cas(), Sum.change(up, request.extra64(0)));
        Item item = sum.item();
        if (item != null) {
            this.counters.add(up ? Counter.INCR_HITS : Counter.DECR_HITS);
            reply.done(item.cas(), bytes(sum.number()));
        }
        else if (sum.outcome() != Sum.Outcome.NOT_FOUND) {
            reply.fail((sum.outcome() == Sum.Outcome.EXISTS) ? Status.EXISTS : Status.NON_NUMERIC);
        }
        else if (request.extra32(EXPIRY) == CREATE_NOTHING) {
            this.counters.add(up ? Counter.INCR_MISSES : Counter.DECR_MISSES);
            reply.fail(Status.NOT_FOUND);
        }
        else {
            create(key, request, reply);
        }
    }

    private void create(Item.Key key, BinaryRequest request, BinaryReply reply) {
        long number = request.extra64(INITIAL);
        long expiry = this.time.expiry(Integer.toUnsignedLong(request.extra32(EXPIRY)));
        byte[] digits = Long.toUnsignedString(number).getBytes(StandardCharsets.US_ASCII);
        Item item = new Item(key, digits, 0, expiry, false);
        this.store.store(item, StoreCondition.of(StoreCondition.Mode.ADD), 0);
        reply.done(item.cas(), bytes(number));
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

}
