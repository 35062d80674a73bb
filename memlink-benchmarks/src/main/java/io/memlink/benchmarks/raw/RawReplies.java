package io.memlink.benchmarks.raw;

import java.util.ArrayDeque;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import org.jspecify.annotations.Nullable;

/** Reads replies, however they were cut, and completes the operations in their order. */
final class RawReplies {

    private static final int LONGEST_LINE = 1024;

    private static final int END_BYTES = 2;

    private final ArrayDeque<RawOperation<?>> inFlight;

    private final byte[] line = new byte[LONGEST_LINE];

    private int lineLength;

    private byte @Nullable [] value;

    private int filled;

    RawReplies(ArrayDeque<RawOperation<?>> inFlight) {
        this.inFlight = inFlight;
    }

    void read(ByteBuf in) {
        while (in.isReadable()) {
            byte[] value = this.value;
            if (value == null) {
                readLine(in);
            }
            else {
                readValue(in, value);
            }
        }
    }

    private void readLine(ByteBuf in) {
        int lf = in.forEachByte(ByteProcessor.FIND_LF);
        int count = ((lf < 0) ? in.writerIndex() : lf + 1) - in.readerIndex();
        in.readBytes(this.line, this.lineLength, count);
        this.lineLength += count;
        if (lf < 0) {
            return;
        }
        RawOperation<?> oldest = this.inFlight.element();
        int follows = oldest.line(this.line, this.lineLength - END_BYTES);
        this.lineLength = 0;
        if (follows >= 0) {
            this.value = new byte[follows];
            this.filled = 0;
        }
        else if (oldest.endsWithLine()) {
            this.inFlight.remove();
        }
    }

    private void readValue(ByteBuf in, byte[] value) {
        int count = Math.min(in.readableBytes(), value.length - this.filled);
        if (count > 0) {
            in.readBytes(value, this.filled, count);
            this.filled += count;
        }
        int end = Math.min(in.readableBytes(), value.length + END_BYTES - this.filled);
        in.skipBytes(end);
        this.filled += end;
        if (this.filled == value.length + END_BYTES) {
            this.value = null;
            if (this.inFlight.element().value(value)) {
                this.inFlight.remove();
            }
        }
    }

}
