package io.memlink.meta;

import java.util.Objects;

import io.memlink.meta.wire.FlagText;
import io.memlink.meta.wire.ServerFeature;
import org.jspecify.annotations.Nullable;

/**
 * Deletes an item, or marks it stale. Immutable. <pre>
 * flag  builder             meaning
 * b     (key)               the key travels as base64
 * C     compareCas          only if this is still the CAS token
 * I     markStale           keep the item, marked stale: one client will win it
 * x     removeValue         keep the item, but without its value and client flags (1.6.27)
 * T     expiration          with I or x: when the item expires from now on
 * E     newCas              with I or x: its CAS token (1.6.27)
 * k     echoKey             the key
 * P, L  proxyTokenP, -L     for proxies
 * q     ({@link MetaBatch})
 * O     (always)            checked in the reply
 * </pre>
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Meta Delete"</a>
 * @since 0.1.0
 */
public final class MetaDelete extends MetaCommand {

    private final boolean conditional;

    private MetaDelete(CommandLine line, MetaDecoder.Asking decoder, boolean conditional,
            @Nullable ServerFeature required) {
        super(line, decoder, required);
        this.conditional = conditional;
    }

    /**
     * Starts a request that deletes an item.
     * @param key the key
     * @return a builder
     */
    public static Builder builder(Key key) {
        return new Builder(key);
    }

    @Override
    public String operation() {
        return "delete";
    }

    @Override
    MetaDelete withLine(CommandLine line) {
        return new MetaDelete(line, decoder(), this.conditional, required());
    }

    /**
     * Returns whether this request deletes only if the item has a certain CAS token.
     * @return whether it does
     */
    public boolean isConditional() {
        return this.conditional;
    }

    @Override
    MetaReply silence() {
        return Done.PLAIN;
    }

    /** Collects flags. Not safe for use by many threads. */
    public static final class Builder extends CommandBuilder<Builder> {

        private static final byte[] NO_FLAGS = {};

        private @Nullable Long compareCas;

        private @Nullable Expiration expiration;

        private boolean markStale;

        private boolean removeValue;

        private Builder(Key key) {
            super(key);
        }

        @Override
        Builder self() {
            return this;
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
         * Keeps the item, but without its value and client flags. It never expires then,
         * unless an {@link #expiration} is set. Needs memcached 1.6.27.
         * @return this builder
         */
        public Builder removeValue() {
            this.removeValue = true;
            return this;
        }

        /**
         * Sets when the item that is kept expires.
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
         * @throws IllegalArgumentException where there is an expiration or a new CAS
         * token for an item that is not kept
         */
        public MetaDelete build() {
            boolean kept = this.markStale || this.removeValue;
            if (!kept && (this.expiration != null || hasNewCas())) {
                throw new IllegalArgumentException(((this.expiration != null) ? "expiration" : "newCas")
                        + ": of an item that is deleted (expected: with markStale or removeValue)");
            }
            return new MetaDelete(new CommandLine("md", key(), flags()), MetaDecoder.DELETE.asking(askedKey()),
                    this.compareCas != null, required());
        }

        private @Nullable ServerFeature required() {
            if (this.removeValue) {
                return ServerFeature.REMOVE_VALUE;
            }
            return hasNewCas() ? ServerFeature.NEW_CAS : null;
        }

        private byte[] flags() {
            if (this.compareCas == null && !this.markStale && !this.removeValue && !hasCommonFlags()) {
                return NO_FLAGS;
            }
            FlagText text = new FlagText().unsigned('C', this.compareCas)
                .flagIf('I', this.markStale)
                .flagIf('x', this.removeValue)
                .signed('T', Expiration.wireSeconds(this.expiration));
            addChanges(text);
            return addQuestions(text).toBytes();
        }

    }

}
