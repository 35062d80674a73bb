package io.memlink.link;

import java.util.ArrayDeque;
import java.util.Deque;

import io.memlink.link.transport.KeptBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The buffer that requests write themselves to. Confined to the event loop of its
 * connection.
 * <p>
 * Small pieces are gathered in an array on the heap and copied out in bulk, since single
 * writes to a direct buffer cost more than the bytes they write.
 *
 * @since 0.1.0
 */
public final class RequestWriter {

    private static final int SCRATCH_BYTES = 4096;

    /** Pieces from this size on are not gathered. */
    private static final int LARGE_BYTES = 1024;

    private static final int DECIMAL_DIGITS = 20;

    private final ByteBufAllocator allocator;

    private final byte[] scratch = new byte[SCRATCH_BYTES];

    private int scratchLength;

    private final KeptBuffer buffers = new KeptBuffer();

    private @Nullable ByteBuf out;

    private int sequence;

    private boolean recordsKeptApart;

    /** Where records end, counted like {@link #takenBytes}, in ascending order. */
    private final Deque<Long> recordEnds = new ArrayDeque<>();

    /** How many bytes were taken so far. */
    private long takenBytes;

    private @Nullable Object session;

    RequestWriter(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * Writes one byte.
     * @param value its lowest eight bits are written
     */
    public void writeByte(int value) {
        reserve(1);
        this.scratch[this.scratchLength++] = (byte) value;
    }

    /**
     * Writes all bytes of an array, which is copied.
     * @param bytes the bytes
     */
    public void writeBytes(byte[] bytes) {
        if (bytes.length >= LARGE_BYTES) {
            spill().writeBytes(bytes);
            return;
        }
        reserve(bytes.length);
        System.arraycopy(bytes, 0, this.scratch, this.scratchLength, bytes.length);
        this.scratchLength += bytes.length;
    }

    /**
     * Writes a number in decimal digits, unsigned.
     * @param value the number; negative ones are written as the unsigned number of the
     * same bits
     */
    public void writeUnsigned(long value) {
        reserve(DECIMAL_DIGITS);
        if (value < 0) {
            long quotient = Long.divideUnsigned(value, 10);
            writeDigits(quotient);
            this.scratch[this.scratchLength++] = (byte) ('0' + (value - quotient * 10));
        }
        else {
            writeDigits(value);
        }
    }

    /**
     * Writes a number in decimal digits, with a minus sign where it is negative.
     * @param value the number, more than {@link Long#MIN_VALUE}
     */
    public void writeDecimal(long value) {
        if (value < 0) {
            writeByte('-');
            writeUnsigned(-value);
        }
        else {
            writeUnsigned(value);
        }
    }

    private void writeDigits(long value) {
        int end = this.scratchLength + digits(value);
        this.scratchLength = end;
        long rest = value;
        do {
            long quotient = rest / 10;
            this.scratch[--end] = (byte) ('0' + (rest - quotient * 10));
            rest = quotient;
        }
        while (rest != 0);
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /**
     * Keeps what is written from now on apart: it does not travel in one TLS record with
     * what was written before. Without TLS it has no effect.
     */
    public void endRecord() {
        if (this.recordsKeptApart) {
            this.recordEnds.add(this.takenBytes + length());
        }
    }

    /** Lets {@link #endRecord} have an effect: the connection is encrypted. */
    void keepRecordsApart() {
        this.recordsKeptApart = true;
    }

    /**
     * Returns the first sequence number of the request that is being written: consecutive
     * numbers of 30 bits which are not used again on this connection for 2<sup>30</sup>
     * requests, from a random start. {@link ReplyReader#sequence()} returns the same
     * number.
     * @return 0 to 2<sup>30</sup> - 1
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

    void begin(int sequence) {
        this.sequence = sequence;
    }

    /** Returns how many bytes wait to be taken. */
    int length() {
        ByteBuf out = this.out;
        return this.scratchLength + ((out != null) ? out.readableBytes() : 0);
    }

    /** Forgets what was written after the given length. */
    void truncate(int length) {
        ByteBuf out = this.out;
        int spilled = (out != null) ? out.readableBytes() : 0;
        if (length >= spilled) {
            this.scratchLength = length - spilled;
        }
        else if (out != null) {
            out.writerIndex(out.readerIndex() + length);
            this.scratchLength = 0;
        }
        while (!this.recordEnds.isEmpty() && this.recordEnds.getLast() > this.takenBytes + length) {
            this.recordEnds.removeLast();
        }
    }

    /**
     * Returns what was written, up to the end of a record; the caller owns the buffer.
     */
    ByteBuf take() {
        ByteBuf written = spill();
        Long recordEnd = this.recordEnds.poll();
        int bytes = (recordEnd != null) ? (int) (recordEnd - this.takenBytes) : written.readableBytes();
        this.takenBytes += bytes;
        if (bytes == written.readableBytes()) {
            this.out = null;
            return written;
        }
        return written.readRetainedSlice(bytes);
    }

    void release() {
        ByteBuf out = this.out;
        this.out = null;
        this.recordEnds.clear();
        this.scratchLength = 0;
        this.buffers.release();
        if (out != null) {
            out.release();
        }
    }

    private void reserve(int bytes) {
        if (this.scratchLength + bytes > SCRATCH_BYTES) {
            spill();
        }
    }

    private ByteBuf spill() {
        ByteBuf out = this.out;
        if (out == null) {
            out = this.buffers.take(this.allocator, Math.max(this.scratchLength, 256));
            this.out = out;
        }
        out.writeBytes(this.scratch, 0, this.scratchLength);
        this.scratchLength = 0;
        return out;
    }

    @Override
    public String toString() {
        return "RequestWriter[sequence=" + this.sequence + ", bytes=" + length() + "]";
    }

    /** Returns a copy of all that was written, for tests. */
    byte[] copy() {
        ByteBuf out = this.out;
        int spilled = (out != null) ? out.readableBytes() : 0;
        byte[] copy = new byte[spilled + this.scratchLength];
        if (out != null) {
            out.getBytes(out.readerIndex(), copy, 0, spilled);
        }
        System.arraycopy(this.scratch, 0, copy, spilled, this.scratchLength);
        return copy;
    }

}
