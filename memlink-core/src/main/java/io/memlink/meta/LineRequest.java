package io.memlink.meta;

import java.nio.charset.StandardCharsets;

import io.memlink.link.ReplyReader;
import io.memlink.link.Request;
import io.memlink.link.RequestWriter;
import org.jspecify.annotations.Nullable;

/**
 * A request of the greeting that is answered with one line, whatever it is. Immutable.
 *
 * @param text the request, with its line ends
 */
record LineRequest(byte[] text) implements Request<String>, Request.Decoder<String> {

    static LineRequest of(String text) {
        return new LineRequest(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int encodedBytes() {
        return this.text.length;
    }

    @Override
    public void encode(RequestWriter out) {
        out.writeBytes(this.text);
    }

    @Override
    public Decoder<String> decoder() {
        return this;
    }

    @Override
    public @Nullable String decode(ReplyReader in) {
        if (!in.readLenientLine()) {
            return null;
        }
        return new String(in.line(), 0, in.lineLength(), StandardCharsets.ISO_8859_1);
    }

    /** Does not show the text, which may be a password. */
    @Override
    public String toString() {
        return "greeting";
    }

}
