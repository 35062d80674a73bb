package io.memlink.embedded.binary;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.memlink.embedded.store.Item;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request: 24 bytes, then extras and a key. A value may follow. Immutable.
 *
 * @since 0.1.0
 */
public final class BinaryRequest {

    /** The first byte of every request. */
    public static final int MAGIC = 0x80;

    /** How many bytes tell the length of the head. */
    public static final int HEADER_LENGTH = 24;

    private static final int KEY_LENGTH = 2;

    private static final int EXTRAS_LENGTH = 4;

    private static final int BODY_LENGTH = 8;

    private static final int OPAQUE = 12;

    private static final int CAS = 16;

    private static final int LIST_LOGINS = 0x20;

    private static final int LOGIN_STEP = 0x22;

    private final ByteBuffer head;

    /**
     * Reads a head, or as much of it as is there.
     * @param head the bytes, not copied
     */
    public BinaryRequest(byte[] head) {
        this.head = ByteBuffer.wrap(head);
    }

    /**
     * Tells whether this is a request at all.
     * @return whether it begins like one
     */
    public boolean valid() {
        return (this.head.get(0) & 0xff) == MAGIC;
    }

    /**
     * Returns the length of the head, which the first bytes tell.
     * @return the number of bytes
     */
    public int headLength() {
        return HEADER_LENGTH + extrasLength() + keyLength();
    }

    /**
     * Returns the text command that does the same.
     * @return its name, empty if the operation is unknown
     */
    public String command() {
        Opcode opcode = opcode();
        return (opcode != null) ? opcode.command() : "";
    }

    @Nullable Opcode opcode() {
        return Opcode.of(code());
    }

    int code() {
        return this.head.get(1) & 0xff;
    }

    /**
     * Tells whether this belongs to a login (SASL), which is not spoken.
     */
    boolean isLogin() {
        return code() >= LIST_LOGINS && code() <= LOGIN_STEP;
    }

    boolean asksForLogins() {
        return code() == LIST_LOGINS;
    }

    boolean quiet() {
        Opcode opcode = opcode();
        return opcode != null && opcode.isQuiet(code());
    }

    int keyLength() {
        return this.head.getShort(KEY_LENGTH) & 0xffff;
    }

    int extrasLength() {
        return this.head.get(EXTRAS_LENGTH) & 0xff;
    }

    long bodyLength() {
        return Integer.toUnsignedLong(this.head.getInt(BODY_LENGTH));
    }

    long valueLength() {
        return bodyLength() - extrasLength() - keyLength();
    }

    int opaque() {
        return this.head.getInt(OPAQUE);
    }

    long cas() {
        return this.head.getLong(CAS);
    }

    int extra32(int position) {
        return this.head.getInt(HEADER_LENGTH + position);
    }

    long extra64(int position) {
        return this.head.getLong(HEADER_LENGTH + position);
    }

    Item.Key key() {
        int start = HEADER_LENGTH + extrasLength();
        return new Item.Key(Arrays.copyOfRange(this.head.array(), start, start + keyLength()));
    }

}
