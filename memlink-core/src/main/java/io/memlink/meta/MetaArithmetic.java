package io.memlink.meta;

import java.util.Objects;

import io.memlink.meta.wire.FlagText;
import io.memlink.meta.wire.ServerFeature;
import org.jspecify.annotations.Nullable;

/**
 * Adds to or subtracts from a number that is stored in decimal digits: unsigned, 64 bits.
 * Adding wraps round, subtracting stops at zero. Immutable. <pre>
 * flag  builder             meaning
 * b     (key)               the key travels as base64
 * C     compareCas          only if this is still the CAS token
 * E     newCas              the CAS token the item gets (1.6.27; lost where the number
 *                           gets longer)
 * T     touch               change when the item expires
 * N, J  initial             on a miss store this number, without the delta
 * D     delta               how much, 1 by default
 * M     decrement           subtract
 * v     value               the number afterwards
 * t     timeToLive          how long the item has to live
 * c     casToken            its new CAS token
 * k     echoKey             the key
 * P, L  proxyTokenP, -L     for proxies
 * q     ({@link MetaBatch})
 * O     (always)            checked in the reply
 * </pre>
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Meta Arithmetic"</a>
 * @since 0.1.0
 */
public final class MetaArithmetic extends MetaCommand {

    private MetaArithmetic(CommandLine line, MetaDecoder.Asking decoder, @Nullable ServerFeature required) {
        super(line, decoder, required);
    }

    /**
     * Starts a request that adds 1.
     * @param key the key
     * @return a builder
     */
    public static Builder builder(Key key) {
        return new Builder(key);
    }

    @Override
    public String operation() {
        return "arithmetic";
    }

    @Override
    byte[] limited(ExpirationLimit limit, byte[] flags) {
        return limit.ofChange(flags);
    }

    @Override
    MetaArithmetic withLine(CommandLine line) {
        return new MetaArithmetic(line, decoder(), required());
    }

    @Override
    @Nullable MetaReply silence() {
        return (decoder().asked() != 0) ? null : Done.PLAIN;
    }

    /** Collects flags. Not safe for use by many threads. */
    public static final class Builder extends CommandBuilder<Builder> {

        private @Nullable Long compareCas;

        private @Nullable Expiration touch;

        private @Nullable Expiration initialExpiration;

        private long initial;

        private long delta = 1;

        private boolean decrement;

        private boolean value;

        private boolean timeToLive;

        private boolean casToken;

        private Builder(Key key) {
            super(key);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Subtracts instead of adding.
         * @return this builder
         */
        public Builder decrement() {
            this.decrement = true;
            return this;
        }

        /**
         * Sets how much to add or subtract.
         * @param delta unsigned; 1 by default
         * @return this builder
         */
        public Builder delta(long delta) {
            this.delta = delta;
            return this;
        }

        /**
         * Stores a number where there is none; nothing is added to it or subtracted from
         * it.
         * @param initial the number, unsigned
         * @param expiration when it expires
         * @return this builder
         */
        public Builder initial(long initial, Expiration expiration) {
            this.initial = initial;
            this.initialExpiration = Objects.requireNonNull(expiration, "expiration");
            return this;
        }

        /**
         * Changes when the item expires.
         * @param expiration from now on
         * @return this builder
         */
        public Builder touch(Expiration expiration) {
            this.touch = Objects.requireNonNull(expiration, "expiration");
            return this;
        }

        /**
         * Counts only if the item has this CAS token.
         * @param casToken unsigned, not zero
         * @return this builder
         */
        public Builder compareCas(long casToken) {
            if (casToken == 0) {
                throw new IllegalArgumentException("compareCas: 0 (expected: not zero, which the server ignores)");
            }
            this.compareCas = casToken;
            return this;
        }

        /**
         * Asks for the number afterwards.
         * @return this builder
         */
        public Builder value() {
            this.value = true;
            return this;
        }

        /**
         * Asks how long the item has to live.
         * @return this builder
         */
        public Builder timeToLive() {
            this.timeToLive = true;
            return this;
        }

        /**
         * Asks for the new CAS token.
         * @return this builder
         */
        public Builder casToken() {
            this.casToken = true;
            return this;
        }

        /**
         * Builds the request. Expirations count from now on.
         * @return the request
         */
        public MetaArithmetic build() {
            int asked = asked('v', this.value) | asked('t', this.timeToLive) | asked('c', this.casToken) | askedKey();
            return new MetaArithmetic(new CommandLine("ma", key(), flags()), MetaDecoder.ARITHMETIC.asking(asked),
                    hasNewCas() ? ServerFeature.NEW_CAS : null);
        }

        private byte[] flags() {
            FlagText text = new FlagText().unsigned('C', this.compareCas)
                // A number that is made takes the time to live of whichever comes last.
                .signed('T', Expiration.wireSeconds(this.touch));
            if (this.initialExpiration != null) {
                text.signed('N', Expiration.wireSeconds(this.initialExpiration)).unsigned('J', this.initial);
            }
            text.unsigned('D', this.delta);
            if (this.decrement) {
                text.mode('D');
            }
            addChanges(text).flagIf('v', this.value).flagIf('t', this.timeToLive).flagIf('c', this.casToken);
            return addQuestions(text).toBytes();
        }

    }

}
