package io.memlink.link;

import java.util.Arrays;

import io.memlink.error.MemlinkDecodingException;
import io.memlink.error.MemlinkProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ByteProcessor;
import org.jspecify.annotations.Nullable;

/**
 * The source that replies are read from, however the network cut them: lines, and blocks
 * of a known length that end with CRLF. Confined to the event loop of its connection.
 * <p>
 * A decoder asks for the parts of its reply in order and returns {@code null} when a part
 * is not there yet; when it is called again it asks for the same parts again, and gets
 * those that had arrived at once. So most decoders need no state. Little is allocated for
 * bytes that a peer only announces.
 *
 * @since 0.1.0
 */
public final class ReplyReader {

    /** Longest line that is accepted, without its end. */
    public static final int MAX_LINE_BYTES = 1024;

    /** How much of a line messages show. */
    private static final int SHOWN_BYTES = 80;

    /** Blocks up to this size are allocated before they arrive. */
    private static final int EAGER_BLOCK_BYTES = 256 * 1024;

    /** How much of a larger block is collected before an array is allocated for it. */
    private static final int BLOCK_START_BYTES = 64 * 1024;

    /** How much larger than what has arrived the array of a block may be. */
    private static final int BLOCK_GROWTH = 4;

    /** More than any server stores in one item. */
    private static final int MAX_SKIPPED_BYTES = 1 << 30;

    private final int maxBlockBytes;

    private byte[] line = new byte[MAX_LINE_BYTES + 2];

    private int lineLength;

    private boolean lineComplete;

    /** Collects the beginning of large blocks; allocated with the first one. */
    private byte @Nullable [] blockStart;

    private byte @Nullable [] block;

    private int blockLength;

    private int blockEnd;

    private boolean skipping;

    private ByteBuf in = Unpooled.EMPTY_BUFFER;

    private int sequence;

    private @Nullable Object session;

    ReplyReader(int maxBlockBytes) {
        this.maxBlockBytes = maxBlockBytes;
    }

    /**
     * Reads a line that ends with CRLF, unless the current line was read already.
     * @return whether {@link #line()} holds a complete line
     * @throws MemlinkProtocolException where the line is longer than
     * {@link #MAX_LINE_BYTES}, or ends with LF alone
     */
    public boolean readLine() {
        if (!this.lineComplete && collectLine(MAX_LINE_BYTES)) {
            if (this.lineLength == 0 || this.line[this.lineLength - 1] != '\r') {
                throw new MemlinkProtocolException("line: " + text() + " (expected: an end of CR and LF)");
            }
            this.lineLength--;
        }
        return this.lineComplete;
    }

    /**
     * Reads a line that ends with LF, with or without CR before it, unless the current
     * line was read already.
     * @return whether {@link #line()} holds a complete line
     * @throws MemlinkProtocolException where the line is longer than
     * {@link #MAX_LINE_BYTES}
     */
    public boolean readLenientLine() {
        return readLenientLine(MAX_LINE_BYTES);
    }

    /**
     * Reads a line that ends with LF like {@link #readLenientLine()}, but a longer one;
     * memory grows with what arrives.
     * @param maxBytes longest line that is accepted, without its end; the same at each
     * call for one line
     * @return whether {@link #line()} holds a complete line
     * @throws MemlinkProtocolException where the line is longer
     */
    public boolean readLenientLine(int maxBytes) {
        if (!this.lineComplete && collectLine(maxBytes) && this.lineLength > 0
                && this.line[this.lineLength - 1] == '\r') {
            this.lineLength--;
        }
        return this.lineComplete;
    }

    /** Appends to the line; the LF is read, but not kept. */
    private boolean collectLine(int maxBytes) {
        ByteBuf in = this.in;
        int lf = in.forEachByte(ByteProcessor.FIND_LF);
        int length = ((lf < 0) ? in.writerIndex() : lf) - in.readerIndex();
        if (this.lineLength + length > maxBytes + 1) {
            int shown = Math.min(length, Math.max(0, SHOWN_BYTES - this.lineLength));
            in.readBytes(this.line, this.lineLength, shown);
            this.lineLength += shown;
            throw new MemlinkProtocolException("line: " + text() + "... (expected: at most " + maxBytes + " bytes)");
        }
        if (this.lineLength + length > this.line.length) {
            this.line = Arrays.copyOf(this.line, Math.max(2 * this.line.length, this.lineLength + length));
        }
        in.readBytes(this.line, this.lineLength, length);
        this.lineLength += length;
        if (lf < 0) {
            return false;
        }
        in.skipBytes(1);
        this.lineComplete = true;
        return true;
    }

    /**
     * Returns the array that holds the current line; the array is reused, and longer than
     * the line.
     * @return the bytes of the line, from index 0
     */
    public byte[] line() {
        return this.line;
    }

    /**
     * Returns the length of the current line.
     * @return bytes, without the end of the line
     */
    public int lineLength() {
        return this.lineLength;
    }

    /** Discards the current line, so that the next one can be read. */
    public void nextLine() {
        this.lineLength = 0;
        this.lineComplete = false;
    }

    /**
     * Reads a block of bytes and the CRLF behind it.
     * @param length bytes without the CRLF; the same at each call for one block
     * @return the block, owned by the caller; {@code null} where more bytes are needed
     * @throws MemlinkProtocolException where the length is negative or beyond the bound
     * of {@link LinkOptions}, or where no CRLF follows
     */
    public byte @Nullable [] readBlock(int length) {
        byte[] block = this.block;
        if (block == null) {
            block = beginBlock(length);
        }
        if (this.blockLength < length) {
            block = fillBlock(block, length);
        }
        if (this.blockLength < length || !readBlockEnd()) {
            return null;
        }
        this.block = null;
        return block;
    }

    /**
     * Returns up to which size blocks are kept.
     * @return bytes, a bound of {@link LinkOptions}
     */
    public int maxBlockBytes() {
        return this.maxBlockBytes;
    }

    /**
     * Reads a block of bytes and the CRLF behind it like {@link #readBlock}, but keeps
     * nothing of it: what is too large to be kept ends one read, and not the connection.
     * @param length bytes without the CRLF; the same at each call for one block
     * @return whether all was read
     * @throws MemlinkProtocolException where no server has blocks of that length, or
     * where no CRLF follows
     */
    public boolean skipBlock(int length) {
        if (!this.skipping) {
            if (length < 0 || length > MAX_SKIPPED_BYTES) {
                throw new MemlinkProtocolException(
                        "block length: " + length + " (expected: 0 to " + MAX_SKIPPED_BYTES + ")");
            }
            this.skipping = true;
            this.blockLength = 0;
            this.blockEnd = 0;
        }
        int skipped = Math.min(this.in.readableBytes(), length - this.blockLength);
        this.in.skipBytes(skipped);
        this.blockLength += skipped;
        if (this.blockLength < length || !readBlockEnd()) {
            return false;
        }
        this.skipping = false;
        return true;
    }

    /**
     * Returns what a read fails with whose block was {@linkplain #skipBlock skipped}.
     * @param length bytes without the CRLF
     * @return the failure, which names the length and the bound
     */
    public MemlinkDecodingException tooLarge(int length) {
        return new MemlinkDecodingException(
                "value: " + length + " bytes (expected: at most " + this.maxBlockBytes + ", which this client reads)");
    }

    private byte[] beginBlock(int length) {
        if (length < 0 || length > this.maxBlockBytes) {
            throw new MemlinkProtocolException(
                    "block length: " + length + " (expected: 0 to " + this.maxBlockBytes + ")");
        }
        byte[] block = (length <= EAGER_BLOCK_BYTES) ? new byte[length] : blockStart();
        this.block = block;
        this.blockLength = 0;
        this.blockEnd = 0;
        return block;
    }

    private byte[] blockStart() {
        byte[] start = this.blockStart;
        if (start == null) {
            start = new byte[BLOCK_START_BYTES];
            this.blockStart = start;
        }
        return start;
    }

    private byte[] fillBlock(byte[] block, int length) {
        ByteBuf in = this.in;
        byte[] filling = block;
        while (this.blockLength < length && in.isReadable()) {
            if (this.blockLength == filling.length) {
                filling = Arrays.copyOf(filling, (int) Math.min(length, (long) BLOCK_GROWTH * filling.length));
                this.block = filling;
            }
            int count = Math.min(in.readableBytes(), Math.min(length, filling.length) - this.blockLength);
            in.readBytes(filling, this.blockLength, count);
            this.blockLength += count;
        }
        return filling;
    }

    private boolean readBlockEnd() {
        while (this.blockEnd < 2) {
            if (!this.in.isReadable()) {
                return false;
            }
            byte expected = (byte) ((this.blockEnd == 0) ? '\r' : '\n');
            byte actual = this.in.readByte();
            if (actual != expected) {
                throw new MemlinkProtocolException(
                        "end of block: byte " + (actual & 0xff) + " (expected: " + expected + ")");
            }
            this.blockEnd++;
        }
        return true;
    }

    /**
     * Returns the first sequence number of the request whose reply is being read.
     * @return the number that {@link RequestWriter#sequence()} gave to that request
     */
    public int sequence() {
        return this.sequence;
    }

    /**
     * Returns what the greeting of the {@link Protocol} found out about this connection.
     * @return the result of {@link Protocol#greet}; {@code null} while greeting
     */
    public @Nullable Object session() {
        return this.session;
    }

    void session(@Nullable Object session) {
        this.session = session;
    }

    /** Reads from the given buffer from now on; it stays the property of the caller. */
    void feed(ByteBuf in) {
        this.in = in;
    }

    /** Returns whether bytes have arrived that were not read. */
    boolean hasMore() {
        return this.in.isReadable();
    }

    /** Begins the reply to the request with the given sequence number. */
    void begin(int sequence) {
        this.sequence = sequence;
        nextLine();
        this.block = null;
        this.skipping = false;
    }

    private String text() {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < Math.min(this.lineLength, SHOWN_BYTES); i++) {
            int c = this.line[i] & 0xff;
            text.append((c >= 0x20 && c < 0x7f) ? (char) c : '?');
        }
        return text.append('"').toString();
    }

    @Override
    public String toString() {
        return "ReplyReader[sequence=" + this.sequence + ", line=" + text() + "]";
    }

}
