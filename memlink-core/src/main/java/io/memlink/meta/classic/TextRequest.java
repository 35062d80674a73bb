package io.memlink.meta.classic;

import java.nio.charset.StandardCharsets;

import io.memlink.link.Request;
import io.memlink.link.RequestWriter;

/**
 * A request of the classic protocol, which is text that is known beforehand. Immutable.
 *
 * @param <R> the type of the reply
 */
abstract class TextRequest<R> implements Request<R> {

    private final byte[] text;

    /**
     * Makes a request.
     * @param text all of it, with its line ends
     */
    TextRequest(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public final int encodedBytes() {
        return this.text.length;
    }

    @Override
    public final void encode(RequestWriter out) {
        out.writeBytes(this.text);
    }

    @Override
    public String toString() {
        return new String(this.text, StandardCharsets.UTF_8).strip();
    }

}
