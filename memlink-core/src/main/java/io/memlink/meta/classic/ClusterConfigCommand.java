package io.memlink.meta.classic;

import java.util.ArrayList;
import java.util.List;

import io.memlink.error.MemlinkProtocolException;
import io.memlink.link.ReplyReader;
import io.memlink.link.Request;
import io.memlink.meta.wire.ErrorLine;
import io.memlink.meta.wire.ReplyLine;
import org.jspecify.annotations.Nullable;

/**
 * Asks a configuration endpoint for the nodes of its cluster. Immutable.
 */
final class ClusterConfigCommand extends TextRequest<ClusterConfig> {

    /** All nodes are on one line. */
    private static final int MAX_LINE_BYTES = 256 * 1024;

    private static final int MAX_LINES = 16;

    ClusterConfigCommand() {
        super("config get cluster\r\n");
    }

    @Override
    public Decoder<ClusterConfig> decoder() {
        return new ConfigDecoder();
    }

    /**
     * Collects the lines up to the last one: the length that is told beforehand is known
     * to be wrong at times. Confined to the event loop.
     */
    private static final class ConfigDecoder implements Request.Decoder<ClusterConfig> {

        private final List<String> lines = new ArrayList<>();

        @Override
        public @Nullable ClusterConfig decode(ReplyReader in) {
            while (in.readLenientLine(MAX_LINE_BYTES)) {
                String line = ReplyLine.decode(in);
                if (line.equals("END") && !this.lines.isEmpty()) {
                    return config();
                }
                if (this.lines.isEmpty() && !line.startsWith("CONFIG cluster ")) {
                    throw ErrorLine.refusal(in, "CONFIG cluster");
                }
                this.lines.add(line);
                if (this.lines.size() > MAX_LINES) {
                    throw ErrorLine.refusal(in, "END");
                }
                in.nextLine();
            }
            return null;
        }

        private ClusterConfig config() {
            if (this.lines.size() < 3) {
                throw new MemlinkProtocolException("cluster: " + this.lines + " (expected: a version and nodes)");
            }
            try {
                List<ClusterConfig.Node> nodes = new ArrayList<>();
                for (String node : this.lines.get(2).strip().split(" +")) {
                    nodes.add(ClusterConfig.Node.parse(node));
                }
                return new ClusterConfig(Long.parseLong(this.lines.get(1).strip()), nodes);
            }
            catch (IllegalArgumentException ex) {
                throw new MemlinkProtocolException("cluster: " + ex.getMessage());
            }
        }

    }

}
