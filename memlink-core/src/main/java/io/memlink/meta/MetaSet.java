package io.memlink.meta;

import java.util.Objects;

import io.memlink.link.RequestWriter;
import org.jspecify.annotations.Nullable;

/**
 * Stores an item. Immutable; the array of the value is not copied and must not be
 * changed. <pre>
 * flag  builder             meaning
 * b     (key)               the key travels as base64
 * C     compareCas          store only if this is still the CAS token
 * F     clientFlags         how to read the value, 0 by default
 * I     invalidate          with C: store over a newer item too, but marked stale
 * M     mode                set, add, append, prepend, replace
 * T     expiration          when the item expires, never by default
 * c     casToken            the CAS token of what was stored
 * O     (always)            checked in the reply
 * </pre> A value that the server refuses, because it is too large or memory is short,
 * leaves no item: the server deletes the old one.
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Meta Set"</a>
 * @since 0.1.0
 */
public final class MetaSet implements MetaRequest<MetaReply> {

    /** Digits of the length, a space, and the CRLF behind the value. */
    private static final int LENGTH_BYTES = 13;

    private final CommandLine line;

    private final byte[] data;

    private MetaSet(CommandLine line, byte[] data) {
        this.line = line;
        this.data = data;
    }

    /**
     * Starts a request that stores a value, whether or not there was one.
     * @param key the key
     * @param data the value, not copied
     * @return a builder
     */
    public static Builder builder(Key key, byte[] data) {
        return new Builder(Objects.requireNonNull(key, "key"), Objects.requireNonNull(data, "data"));
    }

    @Override
    public Key key() {
        return this.line.key();
    }

    @Override
    public int encodedBytes() {
        return this.line.bytes() + LENGTH_BYTES + this.data.length;
    }

    @Override
    public void encode(RequestWriter out) {
        this.line.begin(out);
        out.writeByte(' ');
        out.writeUnsigned(this.data.length);
        this.line.end(out);
        out.writeBytes(this.data);
        out.writeByte('\r');
        out.writeByte('\n');
        if (out.session() instanceof ServerVersion version && !version.isAtLeast(1, 6, 39)) {
            // Older servers do not look at what follows a payload in the same TLS record.
            out.endRecord();
        }
    }

    @Override
    public Decoder<MetaReply> decoder() {
        return MetaDecoder.SET;
    }

    @Override
    public String toString() {
        return "ms " + key() + " " + this.data.length;
    }

    /** When to store. */
    public enum Mode {

        /** Whether or not there is an item. */
        SET('S'),

        /** Where there is none. */
        ADD('E'),

        /** Behind the value of an item. */
        APPEND('A'),

        /** Before the value of an item. */
        PREPEND('P'),

        /** Where there is one. */
        REPLACE('R');

        private final char letter;

        Mode(char letter) {
            this.letter = letter;
        }

    }

    /** Collects flags. Not safe for use by many threads. */
    public static final class Builder {

        private final Key key;

        private final byte[] data;

        private @Nullable Long compareCas;

        private @Nullable Expiration expiration;

        private int clientFlags;

        private boolean invalidate;

        private boolean casToken;

        private Mode mode = Mode.SET;

        private Builder(Key key, byte[] data) {
            this.key = key;
            this.data = data;
        }

        /**
         * Sets when to store.
         * @param mode by default {@link Mode#SET}
         * @return this builder
         */
        public Builder mode(Mode mode) {
            this.mode = Objects.requireNonNull(mode, "mode");
            return this;
        }

        /**
         * Sets when the item expires.
         * @param expiration by default never
         * @return this builder
         */
        public Builder expiration(Expiration expiration) {
            this.expiration = Objects.requireNonNull(expiration, "expiration");
            return this;
        }

        /**
         * Sets what says how to read the value.
         * @param flags all 32 bits are kept; 0 by default
         * @return this builder
         */
        public Builder clientFlags(int flags) {
            this.clientFlags = flags;
            return this;
        }

        /**
         * Stores only if the item has this CAS token.
         * @param casToken unsigned
         * @return this builder
         */
        public Builder compareCas(long casToken) {
            this.compareCas = casToken;
            return this;
        }

        /**
         * Stores over a newer item too, but marks what was stored as stale; with
         * {@link #compareCas}.
         * @return this builder
         */
        public Builder invalidate() {
            this.invalidate = true;
            return this;
        }

        /**
         * Asks for the CAS token of what was stored.
         * @return this builder
         */
        public Builder casToken() {
            this.casToken = true;
            return this;
        }

        /**
         * Builds the request. The expiration counts from now on.
         * @return the request
         */
        public MetaSet build() {
            return new MetaSet(new CommandLine("ms", this.key, flags()), this.data);
        }

        private byte[] flags() {
            FlagText text = new FlagText();
            Long compareCas = this.compareCas;
            if (compareCas != null) {
                text.unsignedFlag('C', compareCas);
            }
            if (this.clientFlags != 0) {
                text.flag('F', this.clientFlags & 0xffffffffL);
            }
            if (this.invalidate) {
                text.flag('I');
            }
            if (this.mode != Mode.SET) {
                text.flag('M').add(this.mode.letter);
            }
            text.expiration('T', this.expiration);
            if (this.casToken) {
                text.flag('c');
            }
            return text.toBytes();
        }

    }

}
