package io.memlink.meta;

import java.util.Objects;

import io.memlink.link.RequestWriter;
import io.memlink.meta.wire.FlagText;
import io.memlink.meta.wire.ServerFeature;
import io.memlink.meta.wire.ServerVersion;
import org.jspecify.annotations.Nullable;

/**
 * Stores an item. Immutable; the array of the value is not copied and must not be
 * changed. <pre>
 * flag  builder             meaning
 * b     (key)               the key travels as base64
 * C     compareCas          store only if this is still the CAS token
 * E     newCas              the CAS token the item gets (1.6.27)
 * F     clientFlags         how to read the value, 0 by default
 * I     invalidate          with C: store over a newer item too, but marked stale
 * M     mode                set, add, append, prepend, replace
 * N     vivify              with append or prepend: on a miss make the item (1.6.20)
 * T     expiration          when the item expires, never by default
 * s     size                the length of what is stored then (1.6.20)
 * c     casToken            the CAS token of what was stored
 * k     echoKey             the key
 * P, L  proxyTokenP, -L     for proxies
 * q     ({@link MetaBatch})
 * O     (always)            checked in the reply
 * </pre> A value that the server refuses, because it is too large or memory is short,
 * leaves no item: the server deletes the old one.
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Meta Set"</a>
 * @since 0.1.0
 */
public final class MetaSet extends MetaCommand {

    private static final byte[] LINE_END = { '\r', '\n' };

    /**
     * Beyond this size a server that runs out of memory does not tell the sender of a
     * quiet command.
     */
    private static final int MAX_QUIET_BYTES = 512 * 1024;

    private final EncodedValue value;

    private final Mode mode;

    private final boolean conditional;

    private final boolean fill;

    private final boolean deletedOnFailure;

    private MetaSet(CommandLine line, MetaDecoder.Asking decoder, Builder built) {
        this(line, new EncodedValue(built.data, built.clientFlags), built.mode, decoder, built.compareCas != null,
                built.fill, built.deleteOnFailure, built.required());
    }

    private MetaSet(CommandLine line, EncodedValue value, Mode mode, MetaDecoder.Asking decoder, boolean conditional,
            boolean fill, boolean deletedOnFailure, @Nullable ServerFeature required) {
        super(line, decoder, required);
        this.value = value;
        this.mode = mode;
        this.conditional = conditional;
        this.fill = fill;
        this.deletedOnFailure = deletedOnFailure;
    }

    /**
     * Starts a request that stores a value, whether or not there was one.
     * @param key the key
     * @param data the value, not copied
     * @return a builder
     */
    public static Builder builder(Key key, byte[] data) {
        return new Builder(key, Objects.requireNonNull(data, "data"));
    }

    @Override
    public String operation() {
        return "set";
    }

    @Override
    public int encodedBytes() {
        return super.encodedBytes() + this.value.data().length + LINE_END.length;
    }

    @Override
    void write(RequestWriter out, int sequence, boolean quiet) {
        line().write(out, this.value.data().length, sequence, quiet);
        out.writeBytes(this.value.data());
        out.writeBytes(LINE_END);
        if (out.session() instanceof ServerVersion version && !version.isAtLeast(1, 6, 39)) {
            // Older servers do not look at what follows a payload in the same TLS record.
            out.endRecord();
        }
    }

    @Override
    byte[] limited(ExpirationLimit limit, byte[] flags) {
        return limit.ofStore(flags);
    }

    @Override
    MetaSet withLine(CommandLine line) {
        return new MetaSet(line, this.value, this.mode, decoder(), this.conditional, this.fill, this.deletedOnFailure,
                required());
    }

    /**
     * Returns what this request stores, adds, or puts before or behind a value.
     * @return the value, not copied
     */
    public EncodedValue value() {
        return this.value;
    }

    /**
     * Returns when this request stores.
     * @return the mode
     */
    public Mode mode() {
        return this.mode;
    }

    /**
     * Returns whether this request stores only if the item has a certain CAS token.
     * @return whether it does
     */
    public boolean isConditional() {
        return this.conditional;
    }

    /**
     * Returns whether this request brings what was read from the origin, rather than a
     * change.
     * @return whether it does
     */
    public boolean isFill() {
        return this.fill;
    }

    /**
     * Returns whether the item is out of date even if this request fails.
     * @return whether it is
     */
    public boolean isDeletedOnFailure() {
        return this.deletedOnFailure;
    }

    @Override
    @Nullable MetaReply silence() {
        return (decoder().asked() != 0 || this.value.data().length > MAX_QUIET_BYTES) ? null : Done.PLAIN;
    }

    /** The condition under which a value is stored. */
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
    public static final class Builder extends CommandBuilder<Builder> {

        private final byte[] data;

        private @Nullable Long compareCas;

        private @Nullable Expiration expiration;

        private @Nullable Expiration vivify;

        private int clientFlags;

        private boolean invalidate;

        private boolean size;

        private boolean casToken;

        private boolean fill;

        private boolean deleteOnFailure;

        private Mode mode = Mode.SET;

        private Builder(Key key, byte[] data) {
            super(key);
            this.data = data;
        }

        @Override
        Builder self() {
            return this;
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
         * Makes the item where there is none, with {@link Mode#APPEND} or
         * {@link Mode#PREPEND}. Needs memcached 1.6.20.
         * @param expiration when an item that is made now expires
         * @return this builder
         */
        public Builder vivify(Expiration expiration) {
            this.vivify = Objects.requireNonNull(expiration, "expiration");
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
         * Says that the value was read from the origin for a lease, so that nothing is
         * lost where it is not stored; with {@link #compareCas}, since the token is the
         * lease. The server is not told.
         * @return this builder
         */
        public Builder fill() {
            this.fill = true;
            return this;
        }

        /**
         * Says that what is there is out of date, whatever becomes of this request. Where
         * it fails, even unsent, its backend is owed a delete of the key, as where a
         * delete fails. Otherwise that is so only where nobody knows whether it was
         * carried out. The server is not told.
         * @return this builder
         */
        public Builder deleteOnFailure() {
            this.deleteOnFailure = true;
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
         * Asks for the length of what is stored then; servers before 1.6.20 do not tell.
         * @return this builder
         */
        public Builder size() {
            this.size = true;
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
         * Builds the request. Expirations count from now on.
         * @return the request
         * @throws IllegalArgumentException where {@link #vivify} comes without append or
         * prepend, {@link #invalidate} or {@link #fill} without {@link #compareCas}, or
         * {@link #fill} with {@link #deleteOnFailure}
         */
        public MetaSet build() {
            boolean extending = this.mode == Mode.APPEND || this.mode == Mode.PREPEND;
            if (this.vivify != null && !extending) {
                throw new IllegalArgumentException("vivify: with mode " + this.mode + " (expected: APPEND or PREPEND)");
            }
            if (this.invalidate && this.compareCas == null) {
                throw new IllegalArgumentException("invalidate: without compareCas (expected: with it)");
            }
            if (this.fill && this.compareCas == null) {
                throw new IllegalArgumentException("fill: without compareCas (expected: with it)");
            }
            if (this.fill && this.deleteOnFailure) {
                throw new IllegalArgumentException("fill: with deleteOnFailure (expected: without it)");
            }
            int asked = asked('s', this.size) | asked('c', this.casToken) | askedKey();
            return new MetaSet(new CommandLine("ms", key(), flags()), MetaDecoder.SET.asking(asked), this);
        }

        private @Nullable ServerFeature required() {
            if (hasNewCas()) {
                return ServerFeature.NEW_CAS;
            }
            return (this.vivify != null) ? ServerFeature.VIVIFY_BY_APPEND : null;
        }

        private byte[] flags() {
            FlagText text = new FlagText().unsigned('C', this.compareCas);
            if (this.clientFlags != 0) {
                text.signed('F', Integer.toUnsignedLong(this.clientFlags));
            }
            text.flagIf('I', this.invalidate);
            if (this.mode != Mode.SET) {
                text.mode(this.mode.letter);
            }
            text.signed('N', Expiration.wireSeconds(this.vivify)).signed('T', Expiration.wireSeconds(this.expiration));
            addChanges(text).flagIf('s', this.size).flagIf('c', this.casToken);
            return addQuestions(text).toBytes();
        }

    }

}
