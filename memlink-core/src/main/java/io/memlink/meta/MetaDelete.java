package io.memlink.meta;

import java.util.Objects;

import io.memlink.link.RequestWriter;
import org.jspecify.annotations.Nullable;

/**
 * Deletes an item, or marks it stale. Immutable. <pre>
 * flag  builder             meaning
 * b     (key)               the key travels as base64
 * C     compareCas          only if this is still the CAS token
 * I     markStale           keep the item, marked stale: one client will win it
 * T     expiration          with I: when the item expires from now on
 * O     (always)            checked in the reply
 * </pre>
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Meta Delete"</a>
 * @since 0.1.0
 */
public final class MetaDelete implements MetaRequest<MetaReply> {

    private final CommandLine line;

    private MetaDelete(CommandLine line) {
        this.line = line;
    }

    /**
     * Starts a request that deletes an item.
     * @param key the key
     * @return a builder
     */
    public static Builder builder(Key key) {
        return new Builder(Objects.requireNonNull(key, "key"));
    }

    @Override
    public Key key() {
        return this.line.key();
    }

    @Override
    public int encodedBytes() {
        return this.line.bytes();
    }

    @Override
    public void encode(RequestWriter out) {
        this.line.write(out);
    }

    @Override
    public Decoder<MetaReply> decoder() {
        return MetaDecoder.DELETE;
    }

    @Override
    public String toString() {
        return "md " + key();
    }

    /** Collects flags. Not safe for use by many threads. */
    public static final class Builder {

        private static final byte[] NO_FLAGS = {};

        private final Key key;

        private @Nullable Long compareCas;

        private @Nullable Expiration expiration;

        private boolean markStale;

        private Builder(Key key) {
            this.key = key;
        }

        /**
         * Deletes only if the item has this CAS token.
         * @param casToken unsigned
         * @return this builder
         */
        public Builder compareCas(long casToken) {
            this.compareCas = casToken;
            return this;
        }

        /**
         * Keeps the item, but marks it stale.
         * @return this builder
         */
        public Builder markStale() {
            this.markStale = true;
            return this;
        }

        /**
         * Sets when the stale item expires; with {@link #markStale}.
         * @param expiration unchanged by default
         * @return this builder
         */
        public Builder expiration(Expiration expiration) {
            this.expiration = Objects.requireNonNull(expiration, "expiration");
            return this;
        }

        /**
         * Builds the request. The expiration counts from now on.
         * @return the request
         * @throws IllegalArgumentException where there is an expiration without
         * {@link #markStale}
         */
        public MetaDelete build() {
            if (this.expiration != null && !this.markStale) {
                throw new IllegalArgumentException("expiration: " + this.expiration + " (expected: with markStale)");
            }
            return new MetaDelete(new CommandLine("md", this.key, flags()));
        }

        private byte[] flags() {
            Long compareCas = this.compareCas;
            if (compareCas == null && !this.markStale) {
                return NO_FLAGS;
            }
            FlagText text = new FlagText();
            if (compareCas != null) {
                text.unsignedFlag('C', compareCas);
            }
            if (this.markStale) {
                text.flag('I');
            }
            return text.expiration('T', this.expiration).toBytes();
        }

    }

}
