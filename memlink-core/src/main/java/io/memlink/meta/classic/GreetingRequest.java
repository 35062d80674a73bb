package io.memlink.meta.classic;

import io.memlink.link.ReplyReader;
import io.memlink.link.Request;
import io.memlink.meta.wire.ReplyLine;
import org.jspecify.annotations.Nullable;

/**
 * A request of the greeting, which is answered with one line, whatever it is: the peer
 * may not be memcached. Immutable.
 */
final class GreetingRequest extends TextRequest<String> implements Request.Decoder<String> {

    GreetingRequest(String text) {
        super(text);
    }

    @Override
    public Decoder<String> decoder() {
        return this;
    }

    @Override
    public @Nullable String decode(ReplyReader in) {
        return in.readLenientLine() ? ReplyLine.decode(in) : null;
    }

    /** Does not show the text, which may be a password. */
    @Override
    public String toString() {
        return "greeting";
    }

}
