package io.memlink.meta;

import java.util.List;

import io.memlink.link.Request;
import io.memlink.link.RequestWriter;

/**
 * Reads the values of many keys with one classic command, which costs the server about
 * half of what a meta command for each key does. The first key is read by a meta command
 * in front of it: the classic one has no opaque, and this one's proves that what comes
 * next is the reply to this request. Immutable. <pre>
 *   mg k1 v f Oxxxxx        VA 3 f0 Oxxxxx, EN Oxxxxx
 *   get k2 k3 k4            VALUE k3 0 3 ... END
 * </pre> The classic command shows no marks. It takes no turn to replace a stale value,
 * and shows that value like any other; the mark of a lease it shows as an empty value
 * without client flags, see {@link #isInDoubt}.
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Retrieval command"</a>
 * @since 0.1.0
 */
public final class MultiGet implements Request<BatchReply> {

    private static final byte[] GET = { 'g', 'e', 't' };

    private static final int FIXED_BYTES = 5;

    private final MetaGet first;

    private final Key[] keys;

    private final int encodedBytes;

    private MultiGet(Key[] keys) {
        this.first = MetaGet.value(keys[0]);
        this.keys = keys;
        int bytes = this.first.encodedBytes() + FIXED_BYTES;
        for (Key key : keys) {
            bytes += 1 + key.wire().length;
        }
        this.encodedBytes = bytes;
    }

    /**
     * Makes a request.
     * @param keys at least one
     * @return a request for the values and client flags of the keys; a {@link MetaBatch}
     * where a key travels as base64, which the classic command cannot carry
     */
    public static Request<BatchReply> of(List<Key> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("keys: none (expected: at least one)");
        }
        for (Key key : keys) {
            if (key.isEncoded()) {
                return MetaBatch.of(keys.stream().map(MetaGet::value).toList());
            }
        }
        return new MultiGet(keys.toArray(new Key[0]));
    }

    /**
     * Returns whether what looks like an empty value may be the mark of a lease instead,
     * which only a meta command tells.
     * @param reply a reply to this request
     * @return whether it has to be read again
     */
    public static boolean isInDoubt(MetaReply reply) {
        if (!(reply instanceof Hit hit) || hit.clientFlags() != 0 || hit.won() || hit.alreadyWon()) {
            return false;
        }
        byte[] value = hit.value();
        return value != null && value.length == 0;
    }

    /** Returns the keys, of which the first is read by itself. */
    Key[] keys() {
        return this.keys;
    }

    @Override
    public int encodedBytes() {
        return this.encodedBytes;
    }

    @Override
    public int affinity() {
        return this.first.affinity();
    }

    @Override
    public void encode(RequestWriter out) {
        this.first.encode(out);
        if (this.keys.length > 1) {
            out.writeBytes(GET);
            for (int i = 1; i < this.keys.length; i++) {
                out.writeByte(' ');
                out.writeBytes(this.keys[i].wire());
            }
            out.writeByte('\r');
            out.writeByte('\n');
        }
    }

    @Override
    public Decoder<BatchReply> decoder() {
        return new MultiGetDecoder(this.keys);
    }

    @Override
    public String toString() {
        return "MultiGet[" + this.keys.length + ", first " + this.keys[0] + "]";
    }

}
