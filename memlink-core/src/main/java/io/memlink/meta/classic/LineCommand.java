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

    private final boolean tells;

    /**
     * Makes a command.
     * @param text the command
     * @param expected the word that the reply begins with
     * @param tells whether something must follow that word
     */
    LineCommand(String text, String expected, boolean tells) {
        super(text + "\r\n");
        this.expected = expected;
        this.tells = tells;
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
        if (line.equals(this.expected) && !this.tells) {
            return "";
        }
        if (line.startsWith(this.expected + " ") && line.length() > this.expected.length() + 1) {
            return line.substring(this.expected.length() + 1);
        }
        throw ErrorLine.refusal(in, this.expected + (this.tells ? " and what was asked for" : ""));
    }

}
