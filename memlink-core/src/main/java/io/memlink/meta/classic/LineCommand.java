package io.memlink.meta.classic;

import io.memlink.link.ReplyReader;
import io.memlink.link.Request;
import io.memlink.meta.wire.ErrorLine;
import io.memlink.meta.wire.ReplyLine;
import org.jspecify.annotations.Nullable;

/**
 * A command that is answered with one line, which begins with a known word. Immutable.
 * Yields what follows the word.
 */
final class LineCommand extends TextRequest<String> implements Request.Decoder<String> {

    private final String expected;

    LineCommand(String text, String expected) {
        super(text + "\r\n");
        this.expected = expected;
    }

    @Override
    public Decoder<String> decoder() {
        return this;
    }

    @Override
    public @Nullable String decode(ReplyReader in) {
        if (!in.readLine()) {
            return null;
        }
        String line = ReplyLine.decode(in);
        if (line.equals(this.expected)) {
            return "";
        }
        if (line.startsWith(this.expected + " ")) {
            return line.substring(this.expected.length() + 1);
        }
        throw ErrorLine.refusal(in, this.expected);
    }

}
