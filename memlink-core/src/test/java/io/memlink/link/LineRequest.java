package io.memlink.link;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The smallest request: text that goes out as it is, and one line that comes back.
 *
 * @param text all that is sent
 * @param affinity picks the connection
 */
public record LineRequest(String text, int affinity) implements Request<String> {

    /** Makes a request of one line. */
    public static LineRequest of(String line) {
        return new LineRequest(line + "\r\n", 0);
    }

    @Override
    public int encodedBytes() {
        return this.text.length();
    }

    @Override
    public void encode(RequestWriter out) {
        out.writeBytes(this.text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public Decoder<String> decoder() {
        return LineRequest::decode;
    }

    private static @Nullable String decode(ReplyReader in) {
        return in.readLine() ? new String(in.line(), 0, in.lineLength(), StandardCharsets.ISO_8859_1) : null;
    }

}
