package io.memlink.meta.classic;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.memlink.link.ReplyReader;
import io.memlink.link.Request;
import io.memlink.meta.wire.ErrorLine;
import io.memlink.meta.wire.ReplyLine;
import org.jspecify.annotations.Nullable;

/**
 * A command that is answered with lines of a name and a value, and a last line.
 * Immutable.
 */
final class StatsCommand extends TextRequest<Map<String, String>> {

    /** More than any server has; what a broken one sends must not fill the memory. */
    private static final int MAX_LINES = 100_000;

    /** Lines may be long; those of ten thousand connections take less. */
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private final boolean neverEmpty;

    /**
     * Makes a command.
     * @param text the command
     * @param neverEmpty whether there is always something to tell
     */
    StatsCommand(String text, boolean neverEmpty) {
        super(text + "\r\n");
        this.neverEmpty = neverEmpty;
    }

    @Override
    public Decoder<Map<String, String>> decoder() {
        return new StatsDecoder(this.neverEmpty);
    }

    /** Collects the lines. Confined to the event loop. */
    private static final class StatsDecoder implements Request.Decoder<Map<String, String>> {

        private final Map<String, String> statistics = new LinkedHashMap<>();

        private final boolean neverEmpty;

        private int bytes;

        StatsDecoder(boolean neverEmpty) {
            this.neverEmpty = neverEmpty;
        }

        @Override
        public @Nullable Map<String, String> decode(ReplyReader in) {
            while (in.readLine()) {
                String line = ReplyLine.decode(in);
                if (isLast(line)) {
                    return Collections.unmodifiableMap(this.statistics);
                }
                String[] words = line.split(" ", 3);
                boolean pair = words[0].equals("STAT") || words[0].equals("ITEM") || words[0].equals("PREFIX");
                this.bytes += line.length();
                boolean tooMuch = this.statistics.size() == MAX_LINES || this.bytes > MAX_BYTES;
                if (!pair || words.length < 2 || tooMuch) {
                    throw ErrorLine.refusal(in, "STAT or END");
                }
                this.statistics.put(words[1], (words.length > 2) ? words[2] : "");
                in.nextLine();
            }
            return null;
        }

        private boolean isLast(String line) {
            return this.statistics.isEmpty() ? !this.neverEmpty && (line.equals("END") || line.equals("OK"))
                    : line.equals("END");
        }

    }

}
