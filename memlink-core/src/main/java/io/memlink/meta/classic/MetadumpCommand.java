package io.memlink.meta.classic;

import java.time.DateTimeException;
import java.util.function.Consumer;

import io.memlink.error.MemlinkProtocolException;
import io.memlink.link.ReplyReader;
import io.memlink.link.Request;
import io.memlink.meta.classic.ServerCommands.DumpedItem;
import io.memlink.meta.wire.ErrorLine;
import io.memlink.meta.wire.ReplyLine;
import org.jspecify.annotations.Nullable;

/**
 * Lists the items of a server, one line each, without keeping them. Immutable.
 */
final class MetadumpCommand extends TextRequest<Long> {

    private final Consumer<DumpedItem> consumer;

    MetadumpCommand(Consumer<DumpedItem> consumer) {
        super("lru_crawler metadump all\r\n");
        this.consumer = consumer;
    }

    @Override
    public Decoder<Long> decoder() {
        return new MetadumpDecoder(this.consumer);
    }

    /** Hands the lines on. Confined to the event loop. */
    private static final class MetadumpDecoder implements Request.Decoder<Long> {

        private final Consumer<DumpedItem> consumer;

        private long items;

        MetadumpDecoder(Consumer<DumpedItem> consumer) {
            this.consumer = consumer;
        }

        @Override
        public @Nullable Long decode(ReplyReader in) {
            // The lines of items end with LF alone.
            while (in.readLenientLine()) {
                String line = ReplyLine.decode(in);
                if (line.equals("END")) {
                    return this.items;
                }
                if (line.startsWith("key=")) {
                    this.items++;
                    this.consumer.accept(item(in, line));
                }
                else if (!line.equals("OK") || this.items > 0) {
                    throw ErrorLine.refusal(in, "key= or END");
                }
                in.nextLine();
            }
            return null;
        }

        private static DumpedItem item(ReplyReader in, String line) {
            try {
                return DumpedItem.parse(line);
            }
            catch (IllegalArgumentException | DateTimeException ex) {
                throw new MemlinkProtocolException("reply: " + ReplyLine.text(in.line(), in.lineLength())
                        + " (expected: the description of an item): " + ex.getMessage());
            }
        }

    }

}
