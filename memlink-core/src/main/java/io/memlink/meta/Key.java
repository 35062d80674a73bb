package io.memlink.meta;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The name of an item. Immutable.
 * <p>
 * A key is bytes; text is taken as UTF-8. Bytes above the space, other than delete,
 * travel as they are. A key with any other byte travels as base64, marked with the flag
 * {@code b}, and names the item of exactly those bytes. So two keys share an item only if
 * their bytes are the same.
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Keys" and "Meta Commands"</a>
 * @since 0.1.0
 */
public final class Key {

    /** Most bytes of a key that travels as it is. */
    public static final int MAX_BYTES = 250;

    /** Most bytes of a key that travels as base64. */
    public static final int MAX_ENCODED_BYTES = 186;

    private static final byte[] FOLDED_PREFIX = "sha256:".getBytes(StandardCharsets.US_ASCII);

    private static final int SHOWN_CHARACTERS = 40;

    private final byte[] bytes;

    /**
     * The base64 form where the bytes cannot travel as they are; the bytes themselves
     * otherwise.
     */
    private final byte[] wire;

    private int hash;

    private Key(byte[] bytes, byte[] wire) {
        this.bytes = bytes;
        this.wire = wire;
    }

    /**
     * Makes a key of text.
     * @param text 1 to 250 bytes of UTF-8; 1 to 186 where a byte needs base64
     * @return the key
     * @throws IllegalArgumentException where it is empty, too long, or has a lone
     * surrogate, which UTF-8 cannot hold
     */
    public static Key of(String text) {
        Key plain = plain(Objects.requireNonNull(text, "key"));
        Key key = (plain != null) ? plain : make(encode(text));
        if (key == null) {
            throw tooLong(text);
        }
        return key;
    }

    /**
     * Makes a key of text that travels as it is, as most does; {@code null} where that
     * takes a closer look.
     */
    private static @Nullable Key plain(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            return null;
        }
        for (byte b : bytes) {
            // A character that this charset lacks has become a question mark.
            if (b <= ' ' || b == '?' || b == 0x7f) {
                return null;
            }
        }
        return new Key(bytes, bytes);
    }

    /**
     * Makes a key of bytes, which are copied.
     * @param bytes 1 to 250 bytes; 1 to 186 where one of them needs base64
     * @return the key
     * @throws IllegalArgumentException where there are none, or too many
     */
    public static Key of(byte[] bytes) {
        Key key = make(Objects.requireNonNull(bytes, "key").clone());
        if (key == null) {
            throw tooLong(bytes.length + " bytes");
        }
        return key;
    }

    /**
     * Makes a key of text of any length: what is too long is replaced by its SHA-256. So
     * is what looks like such a replacement, so that keys made by this method stay apart.
     * @param text any text but the empty one
     * @return the key
     * @throws IllegalArgumentException where it is empty or has a lone surrogate
     */
    public static Key folded(String text) {
        byte[] bytes = encode(text);
        Key key = startsLikeFolded(bytes) ? null : make(bytes);
        if (key == null) {
            byte[] folded = fold(bytes);
            key = new Key(folded, folded);
        }
        return key;
    }

    private static boolean startsLikeFolded(byte[] bytes) {
        return bytes.length >= FOLDED_PREFIX.length
                && Arrays.equals(bytes, 0, FOLDED_PREFIX.length, FOLDED_PREFIX, 0, FOLDED_PREFIX.length);
    }

    private static byte[] fold(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            byte[] text = Base64.getUrlEncoder().withoutPadding().encode(digest);
            byte[] folded = Arrays.copyOf(FOLDED_PREFIX, FOLDED_PREFIX.length + text.length);
            System.arraycopy(text, 0, folded, FOLDED_PREFIX.length, text.length);
            return folded;
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    /** Returns {@code null} where the bytes are too many. */
    private static @Nullable Key make(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("key: \"\" (expected: 1 to " + MAX_BYTES + " bytes)");
        }
        boolean printable = isPrintable(bytes);
        if (bytes.length > (printable ? MAX_BYTES : MAX_ENCODED_BYTES)) {
            return null;
        }
        return new Key(bytes, printable ? bytes : Base64.getEncoder().encode(bytes));
    }

    private static boolean isPrintable(byte[] bytes) {
        for (byte b : bytes) {
            if ((b >= 0 && b <= ' ') || b == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static byte[] encode(String text) {
        Objects.requireNonNull(text, "key");
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return encodeStrictly(text);
            }
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] encodeStrictly(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOf(bytes.array(), bytes.limit());
        }
        catch (CharacterCodingException ex) {
            throw new IllegalArgumentException("key: " + shown(text) + " (expected: no lone surrogate)", ex);
        }
    }

    private static IllegalArgumentException tooLong(String text) {
        return new IllegalArgumentException("key: " + shown(text) + " (expected: at most " + MAX_BYTES + " bytes, or "
                + MAX_ENCODED_BYTES + " where some are spaces or control characters)");
    }

    /**
     * Returns the bytes of the key, which backends are chosen by.
     * @return the bytes themselves; not to be changed
     */
    public byte[] routingBytes() {
        return this.bytes;
    }

    /**
     * Returns the key as it travels.
     * @return the key itself, or its base64 form
     */
    public String encodedText() {
        return new String(this.wire, StandardCharsets.UTF_8);
    }

    byte[] wire() {
        return this.wire;
    }

    boolean isEncoded() {
        return this.wire != this.bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Key that && Arrays.equals(this.bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        int hash = this.hash;
        if (hash == 0) {
            hash = Arrays.hashCode(this.bytes) * 0x9e3779b9;
            hash ^= hash >>> 16;
            this.hash = hash;
        }
        return hash;
    }

    /**
     * Returns the key as text that is safe to log.
     * @return at most 40 characters of it, control characters escaped
     */
    @Override
    public String toString() {
        return shown(new String(this.bytes, StandardCharsets.UTF_8));
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), SHOWN_CHARACTERS); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
                shown.append(String.format("\\u%04x", (int) c));
            }
            else {
                shown.append(c);
            }
        }
        return shown.append((text.length() > SHOWN_CHARACTERS) ? "...\"" : "\"").toString();
    }

}
