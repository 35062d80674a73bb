package io.memlink;

import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkServerException.Reason;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Key;

/**
 * The largest item that is sent to a server, counted as the server counts.
 *
 * @param maxBytes what the servers run with as {@code -I}
 * @see <a href= "https://github.com/memcached/memcached/blob/master/items.c">items.c,
 * "item_make_header"</a>
 */
record ItemSizeLimit(int maxBytes) {

    /** What a server takes for an item beside its key, flags and value. */
    private static final int HEADER_BYTES = 48;

    private static final int CAS_BYTES = 8;

    private static final int FLAGS_BYTES = 4;

    private static final int KEY_END_BYTES = 1;

    private static final int VALUE_END_BYTES = 2;

    boolean permits(Key key, EncodedValue value) {
        return itemBytes(key, value) <= this.maxBytes;
    }

    void require(Key key, EncodedValue value) {
        if (!permits(key, value)) {
            throw refusal(key, value);
        }
    }

    private static long itemBytes(Key key, EncodedValue value) {
        return (long) HEADER_BYTES + CAS_BYTES + key.routingBytes().length + KEY_END_BYTES
                + ((value.flags() != 0) ? FLAGS_BYTES : 0) + value.data().length + VALUE_END_BYTES;
    }

    MemlinkServerException refusal(Key key, EncodedValue value) {
        // Without the key, since such messages are logged.
        return new MemlinkServerException(Reason.TOO_LARGE,
                "value: an item of " + itemBytes(key, value) + " bytes (expected: at most " + this.maxBytes
                        + ", as maxItemBytes and the server's -I say); not sent");
    }

}
