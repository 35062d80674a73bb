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

    StatsCommand(String text) {
        super(text + "\r\n");
    }

    @Override
    public Decoder<Map<String, String>> decoder() {
        return new StatsDecoder();
    }

    /** Collects the lines. Confined to the event loop. */
    private static final class StatsDecoder implements Request.Decoder<Map<String, String>> {

        private final Map<String, String> statistics = new LinkedHashMap<>();

        @Override
        public @Nullable Map<String, String> decode(ReplyReader in) {
            while (in.readLine()) {
                String line = ReplyLine.decode(in);
                if (line.equals("END") || (line.equals("OK") && this.statistics.isEmpty())) {
                    return Collections.unmodifiableMap(this.statistics);
                }
                String[] words = line.split(" ", 3);
                boolean pair = words[0].equals("STAT") || words[0].equals("ITEM") || words[0].equals("PREFIX");
                if (!pair || words.length < 2 || this.statistics.size() == MAX_LINES) {
                    throw ErrorLine.refusal(in, "STAT or END");
                }
                this.statistics.put(words[1], (words.length > 2) ? words[2] : "");
                in.nextLine();
            }
            return null;
        }

    }

}
