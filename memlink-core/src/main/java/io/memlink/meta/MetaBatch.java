package io.memlink.meta;

import java.util.List;
import java.util.Objects;

import io.memlink.link.Request;
import io.memlink.link.RequestWriter;

/**
 * Many commands as one request: they are sent quietly, so that the server answers only
 * what has to be told, and a no-op behind them tells that it is through. Immutable. <pre>
 *         not answered                                 sent quietly unless
 *   mg    a miss
 *   ms    stored                                       something is asked for, or the value is large
 *   md    deleted
 *   ma    counted                                      something is asked for
 * </pre> All commands go down one link, whatever their keys; who has several backends
 * makes one batch for each.
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Quiet mode semantics"</a>
 * @since 0.1.0
 */
public final class MetaBatch implements Request<BatchReply> {

    private final MetaCommand[] commands;

    private final int encodedBytes;

    private MetaBatch(MetaCommand[] commands, int encodedBytes) {
        this.commands = commands;
        this.encodedBytes = encodedBytes;
    }

    /**
     * Makes a batch.
     * @param commands what to do, in this order; at least one
     * @return the batch
     * @throws IllegalArgumentException where there are no commands, or more than 1 GiB
     */
    public static MetaBatch of(List<? extends MetaRequest<MetaReply>> commands) {
        if (Objects.requireNonNull(commands, "commands").isEmpty()) {
            throw new IllegalArgumentException("commands: none (expected: at least one)");
        }
        MetaCommand[] checked = commands.toArray(MetaCommand[]::new);
        long bytes = MetaNoop.INSTANCE.encodedBytes();
        for (MetaCommand command : checked) {
            bytes += command.encodedBytes();
        }
        if (bytes > 1 << 30) {
            throw new IllegalArgumentException("commands: " + bytes + " bytes (expected: at most 1 GiB)");
        }
        return new MetaBatch(checked, (int) bytes);
    }

    /**
     * Makes a request for the values and client flags of many keys, which costs the
     * server about half of what a command for each key does. Takes no lease and shows no
     * marks: where {@link BatchReply#isInDoubt} the key has to be read by itself.
     * @param keys what to read, in this order; at least one
     * @return the request
     */
    public static Request<BatchReply> ofValues(List<Key> keys) {
        return MultiGet.of(Objects.requireNonNull(keys, "keys"));
    }

    /**
     * Returns how many commands there are.
     * @return at least 1
     */
    public int size() {
        return this.commands.length;
    }

    MetaCommand command(int index) {
        return this.commands[index];
    }

    @Override
    public String operation() {
        return "batch";
    }

    @Override
    public int encodedBytes() {
        return this.encodedBytes;
    }

    @Override
    public int sequences() {
        return this.commands.length;
    }

    @Override
    public int affinity() {
        return this.commands[0].affinity();
    }

    @Override
    public void encode(RequestWriter out) {
        for (MetaCommand command : this.commands) {
            command.requireFeatures(out);
        }
        int sequence = out.sequence();
        for (MetaCommand command : this.commands) {
            command.write(out, sequence++, command.silence() != null);
        }
        MetaNoop.INSTANCE.encode(out);
    }

    @Override
    public Decoder<BatchReply> decoder() {
        return new BatchDecoder(this);
    }

    @Override
    public String toString() {
        return "MetaBatch[" + this.commands.length + ", first " + this.commands[0] + "]";
    }

}
