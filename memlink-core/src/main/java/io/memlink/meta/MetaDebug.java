package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.memlink.error.MemlinkException;
import io.memlink.link.ReplyReader;
import io.memlink.link.Request;
import io.memlink.link.RequestWriter;
import io.memlink.meta.wire.ErrorLine;
import io.memlink.meta.wire.ReplyLine;
import org.jspecify.annotations.Nullable;

/**
 * Asks what a server keeps about an item, in its own words; for people, not for programs.
 * The reply is empty where there is no item. Immutable. <pre>
 * flag  meaning
 * b     (key) the key travels as base64
 * </pre> The server returns no opaque for this command. Before memcached 1.6.24,
 * {@code exp} has the wrong sign.
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Meta Debug"</a>
 * @since 0.1.0
 */
public final class MetaDebug implements MetaRequest<Optional<Map<String, String>>> {

    private static final int FIXED_BYTES = 9;

    private final Key key;

    private MetaDebug(Key key) {
        this.key = key;
    }

    /**
     * Makes a request.
     * @param key the key
     * @return the request
     */
    public static MetaDebug of(Key key) {
        return new MetaDebug(Objects.requireNonNull(key, "key"));
    }

    @Override
    public String operation() {
        return "debug";
    }

    @Override
    public MetaDebug expiringWithin(Duration limit) {
        return this;
    }

    @Override
    public Key key() {
        return this.key;
    }

    @Override
    public int encodedBytes() {
        return FIXED_BYTES + this.key.wire().length;
    }

    @Override
    public void encode(RequestWriter out) {
        out.writeByte('m');
        out.writeByte('e');
        out.writeByte(' ');
        out.writeBytes(this.key.wire());
        if (this.key.isEncoded()) {
            out.writeByte(' ');
            out.writeByte('b');
            // Since 1.6.40 servers overlook the mark where it is the last word.
            out.writeByte(' ');
            out.writeByte('x');
        }
        out.writeByte('\r');
        out.writeByte('\n');
    }

    @Override
    public Request.Decoder<Optional<Map<String, String>>> decoder() {
        return this::decode;
    }

    private @Nullable Optional<Map<String, String>> decode(ReplyReader in) {
        if (!in.readLine()) {
            return null;
        }
        String line = ReplyLine.decode(in);
        if (line.equals("EN")) {
            return Optional.empty();
        }
        if (!line.startsWith("ME ")) {
            throw failure(in);
        }
        String[] words = line.split(" ", -1);
        if (!this.key.isEncoded() && !words[1].equals(new String(this.key.wire(), StandardCharsets.ISO_8859_1))) {
            throw ReplyLine.illegal(in.line(), in.lineLength(), "the key of the request");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 2; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals > 0) {
                fields.put(words[i].substring(0, equals), words[i].substring(equals + 1));
            }
        }
        if (fields.isEmpty()) {
            throw ReplyLine.illegal(in.line(), in.lineLength(), "what the server knows about the item");
        }
        return Optional.of(Collections.unmodifiableMap(fields));
    }

    private static MemlinkException failure(ReplyReader in) {
        return ErrorLine.failure(in.line(), in.lineLength(), false);
    }

    @Override
    public String toString() {
        return "me " + this.key;
    }

}
