package io.memlink.meta;

import java.util.Objects;

import io.memlink.link.RequestWriter;
import org.jspecify.annotations.Nullable;

/**
 * Adds to or subtracts from a number that is stored in decimal digits: unsigned, 64 bits.
 * Adding wraps round, subtracting stops at zero. Immutable. <pre>
 * flag  builder             meaning
 * b     (key)               the key travels as base64
 * C     compareCas          only if this is still the CAS token
 * T     touch               change when the item expires
 * N, J  initial             on a miss store this number, without the delta
 * D     delta               how much, 1 by default
 * M     decrement           subtract
 * v     value               the number afterwards
 * t     timeToLive          how long the item has to live
 * c     casToken            its new CAS token
 * O     (always)            checked in the reply
 * </pre>
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Meta Arithmetic"</a>
 * @since 0.1.0
 */
public final class MetaArithmetic implements MetaRequest<MetaReply> {

    private final CommandLine line;

    private MetaArithmetic(CommandLine line) {
        this.line = line;
    }

    /**
     * Starts a request that adds 1.
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
        return MetaDecoder.ARITHMETIC;
    }

    @Override
    public String toString() {
        return "ma " + key();
    }

    /** Collects flags. Not safe for use by many threads. */
    public static final class Builder {

        private final Key key;

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
            this.key = key;
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
            this.touch = Objects.requireNonNull(expiration, "touch");
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
            return new MetaArithmetic(new CommandLine("ma", this.key, flags()));
        }

        private byte[] flags() {
            FlagText text = new FlagText();
            Long compareCas = this.compareCas;
            if (compareCas != null) {
                text.unsignedFlag('C', compareCas);
            }
            // A number that is made takes the time to live of whichever flag comes last.
            text.expiration('T', this.touch);
            if (this.initialExpiration != null) {
                text.expiration('N', this.initialExpiration).unsignedFlag('J', this.initial);
            }
            text.unsignedFlag('D', this.delta);
            if (this.decrement) {
                text.flag('M').add('D');
            }
            return answers(text).toBytes();
        }

        private FlagText answers(FlagText text) {
            if (this.value) {
                text.flag('v');
            }
            if (this.timeToLive) {
                text.flag('t');
            }
            if (this.casToken) {
                text.flag('c');
            }
            return text;
        }

    }

}
