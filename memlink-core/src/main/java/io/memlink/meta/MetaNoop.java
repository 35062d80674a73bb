package io.memlink.meta;

import io.memlink.link.ReplyReader;
import io.memlink.link.Request;
import io.memlink.link.RequestWriter;
import io.memlink.meta.wire.ReplyLine;
import org.jspecify.annotations.Nullable;

/**
 * Does nothing, and is answered when everything before it has been.
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Meta No-Op"</a>
 * @since 0.1.0
 */
public enum MetaNoop implements Request<MetaReply>, Request.Decoder<MetaReply> {

    /** The only one. */
    INSTANCE;

    private static final int MN = ReplyLine.status('M', 'N');

    @Override
    public int encodedBytes() {
        return 4;
    }

    @Override
    public void encode(RequestWriter out) {
        out.writeByte('m');
        out.writeByte('n');
        out.writeByte('\r');
        out.writeByte('\n');
    }

    @Override
    public Decoder<MetaReply> decoder() {
        return this;
    }

    @Override
    public @Nullable MetaReply decode(ReplyReader in) {
        if (!in.readLine()) {
            return null;
        }
        if (in.lineLength() != 2 || ReplyLine.status(in.line(), 2) != MN) {
            throw ReplyLine.illegal(in.line(), in.lineLength(), "MN");
        }
        return Done.PLAIN;
    }

}
