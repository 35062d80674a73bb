package io.memlink.meta;

import java.util.Objects;

import io.memlink.meta.wire.FlagText;
import org.jspecify.annotations.Nullable;

/**
 * The part of a builder that several commands share. Not safe for use by many threads.
 *
 * @param <B> the builder itself
 */
abstract class CommandBuilder<B extends CommandBuilder<B>> {

    private static final int MAX_TOKEN_BYTES = 64;

    private final Key key;

    private @Nullable Long newCas;

    private @Nullable String tokenP;

    private @Nullable String tokenL;

    private boolean echoKey;

    CommandBuilder(Key key) {
        this.key = Objects.requireNonNull(key, "key");
    }

    abstract B self();

    final Key key() {
        return this.key;
    }

    /**
     * Asks for the key in the reply. Only keys that travel as they are: servers answer
     * some others with their raw bytes, line ends included.
     * @return this builder
     */
    public B echoKey() {
        requireEchoable(this.key);
        this.echoKey = true;
        return self();
    }

    static void requireEchoable(Key key) {
        if (key.isEncoded()) {
            throw new IllegalArgumentException(
                    "echoKey: " + key + " (expected: a key without spaces and control characters)");
        }
    }

    /**
     * Sets a token for proxies, which servers ignore: flag {@code P}.
     * @param token 1 to 64 printable characters of ASCII without a space
     * @return this builder
     */
    public B proxyTokenP(String token) {
        this.tokenP = checkedToken("proxyTokenP", token);
        return self();
    }

    /**
     * Sets a token for proxies, which servers ignore: flag {@code L}.
     * @param token 1 to 64 printable characters of ASCII without a space
     * @return this builder
     */
    public B proxyTokenL(String token) {
        this.tokenL = checkedToken("proxyTokenL", token);
        return self();
    }

    private static String checkedToken(String name, String token) {
        if (Objects.requireNonNull(token, name).isEmpty() || token.length() > MAX_TOKEN_BYTES
                || !token.chars().allMatch((c) -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(name + ": a token of " + token.length() + " characters (expected: 1 to "
                    + MAX_TOKEN_BYTES + " printable ones of ASCII, no space)");
        }
        return token;
    }

    /**
     * Sets the CAS token that the item has afterwards, instead of one that the server
     * chooses. Needs memcached 1.6.27.
     * @param casToken unsigned, not zero
     * @return this builder
     */
    public B newCas(long casToken) {
        if (casToken == 0) {
            throw new IllegalArgumentException("newCas: 0 (expected: not zero, which lets the server choose)");
        }
        this.newCas = casToken;
        return self();
    }

    final boolean hasNewCas() {
        return this.newCas != null;
    }

    /** Returns the key as something that was asked for, where it was. */
    final int askedKey() {
        return asked('k', this.echoKey);
    }

    static int asked(char flag, boolean asked) {
        return asked ? ItemReply.bit(flag) : 0;
    }

    /** Returns whether any of the flags of this class is set. */
    final boolean hasCommonFlags() {
        return this.echoKey || this.newCas != null || this.tokenP != null || this.tokenL != null;
    }

    /** Adds what changes the item or goes to proxies; before what is asked for. */
    final FlagText addChanges(FlagText text) {
        return text.unsigned('E', this.newCas).text('P', this.tokenP).text('L', this.tokenL);
    }

    /** Adds what is asked for. */
    final FlagText addQuestions(FlagText text) {
        return text.flagIf('k', this.echoKey);
    }

}
