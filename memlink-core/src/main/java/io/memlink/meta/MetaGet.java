package io.memlink.meta;

import java.time.Duration;
import java.util.Objects;

import io.memlink.meta.MetaReply.Miss;
import io.memlink.meta.wire.FlagText;
import io.memlink.meta.wire.ServerFeature;
import org.jspecify.annotations.Nullable;

/**
 * Reads an item, or what the server knows about it. Immutable. <pre>
 * flag  builder             meaning
 * b     (key)               the key travels as base64
 * N     vivify              on a miss make an empty item, and win it
 * E     newCas              with vivify: the CAS token of the empty item (1.6.27)
 * R     recacheBelow        win an item that has less time to live
 * T     touch               change when the item expires
 * C     unlessCas           leave out the value if this is still the CAS token (1.6.40)
 * u     noBump              do not count as a use
 * s     size                length of the value
 * v     value               the value
 * t     timeToLive          how long it has to live
 * t     timeToLiveBefore    how long it had to live before touch (a second t)
 * f     clientFlags         the flags it was stored with
 * h     hitBefore           whether it was fetched before
 * l     lastAccess          seconds since it was used
 * c     casToken            what identifies this version
 * k     echoKey             the key
 * P, L  proxyTokenP, -L     for proxies
 * q     ({@link MetaBatch})
 * O     (always)            checked in the reply
 * </pre>
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Meta Get"</a>
 * @since 0.1.0
 */
public final class MetaGet extends MetaCommand {

    private final boolean changing;

    private MetaGet(CommandLine line, MetaDecoder.Asking decoder, @Nullable ServerFeature required, boolean changing) {
        super(line, decoder, required);
        this.changing = changing;
    }

    /**
     * Asks for the value and the client flags, as most reads do.
     * @param key the key
     * @return the request
     */
    public static MetaGet value(Key key) {
        return new MetaGet(new CommandLine("mg", Objects.requireNonNull(key, "key"), Builder.VALUE_AND_FLAGS_TEXT),
                Builder.VALUE_AND_FLAGS_DECODER, null, false);
    }

    /**
     * Starts a request that asks only whether there is an item.
     * @param key the key
     * @return a builder
     */
    public static Builder builder(Key key) {
        return new Builder(key);
    }

    /**
     * Returns the same question about another key. Expirations count from when this
     * request was built, where they are longer than 30 days, and from now on otherwise.
     * @param key the key
     * @return the request
     * @throws IllegalArgumentException where the key is asked for, and cannot be
     * {@linkplain Builder#echoKey echoed}
     */
    public MetaGet about(Key key) {
        Objects.requireNonNull(key, "key");
        if ((decoder().asked() & ItemReply.bit('k')) != 0) {
            CommandBuilder.requireEchoable(key);
        }
        return withLine(new CommandLine("mg", key, line().flags()));
    }

    @Override
    public String operation() {
        return "get";
    }

    @Override
    MetaGet withLine(CommandLine line) {
        return new MetaGet(line, decoder(), required(), this.changing);
    }

    /**
     * Returns whether this request changes the item, or may win it.
     * @return whether it does more than to read
     */
    public boolean isChanging() {
        return this.changing;
    }

    @Override
    MetaReply silence() {
        return Miss.INSTANCE;
    }

    /** Collects flags. Not safe for use by many threads. */
    public static final class Builder extends CommandBuilder<Builder> {

        /** What can be asked for, in the order in which it travels. */
        private static final String ASKED = "stvfchl";

        private static final int VALUE_AND_FLAGS = ItemReply.bit('v') | ItemReply.bit('f');

        private static final MetaDecoder.Asking VALUE_AND_FLAGS_DECODER = MetaDecoder.GET.asking(VALUE_AND_FLAGS);

        private static final byte[] VALUE_AND_FLAGS_TEXT = new FlagText().flag('v').flag('f').toBytes();

        private @Nullable Expiration vivify;

        private @Nullable Duration recacheBelow;

        private @Nullable Expiration touch;

        private @Nullable Long unlessCas;

        private boolean noBump;

        private boolean timeToLiveBefore;

        private int asked;

        private Builder(Key key) {
            super(key);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Asks for the value.
         * @return this builder
         */
        public Builder value() {
            return ask('v');
        }

        /**
         * Leaves out the value where this is still the CAS token: the reply is a
         * {@link Hit} without a value. Servers before 1.6.40 send the value nevertheless.
         * @param casToken unsigned
         * @return this builder
         */
        public Builder unlessCas(long casToken) {
            this.unlessCas = casToken;
            return this;
        }

        /**
         * Asks for the client flags.
         * @return this builder
         */
        public Builder clientFlags() {
            return ask('f');
        }

        /**
         * Asks for the CAS token.
         * @return this builder
         */
        public Builder casToken() {
            return ask('c');
        }

        /**
         * Asks how long the item has to live, after any {@link #touch}.
         * @return this builder
         */
        public Builder timeToLive() {
            return ask('t');
        }

        /**
         * Asks how long the item had to live before any {@link #touch}; instead of
         * {@link #timeToLive()}.
         * @return this builder
         */
        public Builder timeToLiveBefore() {
            this.timeToLiveBefore = true;
            return this;
        }

        /**
         * Asks for the length of the value.
         * @return this builder
         */
        public Builder size() {
            return ask('s');
        }

        /**
         * Asks whether the item was fetched before.
         * @return this builder
         */
        public Builder hitBefore() {
            return ask('h');
        }

        /**
         * Asks how long ago the item was used.
         * @return this builder
         */
        public Builder lastAccess() {
            return ask('l');
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
         * Leaves the item's place among those that are evicted when memory is short.
         * @return this builder
         */
        public Builder noBump() {
            this.noBump = true;
            return this;
        }

        /**
         * Makes an empty item where there is none; the client that makes it has
         * {@link Hit#won() won}, later ones find it {@link Hit#alreadyWon() won already}.
         * @param expiration when the empty item expires; not at once, or every client
         * wins
         * @return this builder
         */
        public Builder vivify(Expiration expiration) {
            if (Duration.ZERO.equals(Objects.requireNonNull(expiration, "expiration").timeToLive())) {
                throw new IllegalArgumentException("vivify: " + expiration + " (expected: more than zero)");
            }
            this.vivify = expiration;
            return this;
        }

        /**
         * Lets one client win an item that is about to expire.
         * @param remaining time to live below which it is won; rounded up to a second,
         * positive
         * @return this builder
         */
        public Builder recacheBelow(Duration remaining) {
            if (Objects.requireNonNull(remaining, "remaining").isNegative() || remaining.isZero()
                    || remaining.getSeconds() >= Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "recacheBelow: " + remaining + " (expected: more than zero, less than 68 years)");
            }
            this.recacheBelow = remaining;
            return this;
        }

        private Builder ask(char letter) {
            this.asked |= ItemReply.bit(letter);
            return this;
        }

        /**
         * Builds the request. Expirations count from now on.
         * @return the request
         * @throws IllegalArgumentException where there is a new CAS token without
         * {@link #vivify}
         */
        public MetaGet build() {
            if (hasNewCas() && this.vivify == null) {
                throw new IllegalArgumentException("newCas: without vivify (expected: with it)");
            }
            // The value may be left out.
            int asked = (this.unlessCas != null) ? this.asked & ~ItemReply.bit('v') : this.asked;
            return new MetaGet(new CommandLine("mg", key(), flags()), MetaDecoder.GET.asking(asked | askedKey()),
                    hasNewCas() ? ServerFeature.NEW_CAS : null,
                    this.vivify != null || this.recacheBelow != null || this.touch != null);
        }

        private byte[] flags() {
            if (this.asked == VALUE_AND_FLAGS && !changes() && !hasCommonFlags()) {
                return VALUE_AND_FLAGS_TEXT;
            }
            // Changes come first, so that what is asked for is what they led to.
            FlagText text = new FlagText().flagIf('t', this.timeToLiveBefore)
                .signed('N', Expiration.wireSeconds(this.vivify));
            Duration recacheBelow = this.recacheBelow;
            if (recacheBelow != null) {
                text.signed('R', recacheBelow.plusNanos(999_999_999).getSeconds());
            }
            text.signed('T', Expiration.wireSeconds(this.touch)).unsigned('C', this.unlessCas).flagIf('u', this.noBump);
            addChanges(text);
            for (int i = 0; i < ASKED.length(); i++) {
                text.flagIf(ASKED.charAt(i), (this.asked & ItemReply.bit(ASKED.charAt(i))) != 0);
            }
            return addQuestions(text).toBytes();
        }

        private boolean changes() {
            return this.vivify != null || this.recacheBelow != null || this.touch != null || this.unlessCas != null
                    || this.noBump || this.timeToLiveBefore;
        }

    }

}
