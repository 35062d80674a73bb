package io.memlink.benchmarks;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

import io.memlink.link.ReplyReader;
import io.memlink.link.Request;
import io.memlink.link.RequestWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests and reads replies as a connection does, without one. Only connections
 * make writers and readers, so this reaches their constructors by method handles, which
 * cost nothing once compiled. Not safe for use by many threads.
 */
final class CodecHarness {

    private static final int SEQUENCE = 0x2a5f_01c7;

    private static final MethodHandle BEGIN_WRITING;

    private static final MethodHandle LENGTH;

    private static final MethodHandle TRUNCATE;

    private static final MethodHandle COPY;

    private static final MethodHandle FEED;

    private static final MethodHandle BEGIN_READING;

    private static final MethodHandle NEW_WRITER;

    private static final MethodHandle NEW_READER;

    static {
        try {
            Lookup writer = MethodHandles.privateLookupIn(RequestWriter.class, MethodHandles.lookup());
            NEW_WRITER = writer.findConstructor(RequestWriter.class,
                    MethodType.methodType(void.class, ByteBufAllocator.class));
            MethodType ofNumber = MethodType.methodType(void.class, int.class);
            BEGIN_WRITING = writer.findVirtual(RequestWriter.class, "begin", ofNumber);
            LENGTH = writer.findVirtual(RequestWriter.class, "length", MethodType.methodType(int.class));
            TRUNCATE = writer.findVirtual(RequestWriter.class, "truncate", ofNumber);
            COPY = writer.findVirtual(RequestWriter.class, "copy", MethodType.methodType(byte[].class));
            Lookup reader = MethodHandles.privateLookupIn(ReplyReader.class, MethodHandles.lookup());
            NEW_READER = reader.findConstructor(ReplyReader.class, ofNumber);
            FEED = reader.findVirtual(ReplyReader.class, "feed", MethodType.methodType(void.class, ByteBuf.class));
            BEGIN_READING = reader.findVirtual(ReplyReader.class, "begin", ofNumber);
        }
        catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final RequestWriter writer;

    private final ReplyReader reader;

    CodecHarness() {
        try {
            this.writer = (RequestWriter) NEW_WRITER.invokeExact((ByteBufAllocator) UnpooledByteBufAllocator.DEFAULT);
            this.reader = (ReplyReader) NEW_READER.invokeExact(1 << 20);
        }
        catch (Throwable ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Writes a request, forgets it, and returns how many bytes it has. */
    int encode(Request<?> request) {
        try {
            BEGIN_WRITING.invokeExact(this.writer, SEQUENCE);
            request.encode(this.writer);
            int length = (int) LENGTH.invokeExact(this.writer);
            TRUNCATE.invokeExact(this.writer, 0);
            return length;
        }
        catch (Throwable ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Returns what is written for a request. */
    byte[] bytes(Request<?> request) {
        try {
            BEGIN_WRITING.invokeExact(this.writer, SEQUENCE);
            request.encode(this.writer);
            byte[] bytes = (byte[]) COPY.invokeExact(this.writer);
            TRUNCATE.invokeExact(this.writer, 0);
            return bytes;
        }
        catch (Throwable ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Reads a reply, all of which has arrived and can be read again. */
    <R> @Nullable R decode(Request.Decoder<R> decoder, ByteBuf in) {
        in.readerIndex(0);
        try {
            FEED.invokeExact(this.reader, in);
            BEGIN_READING.invokeExact(this.reader, SEQUENCE);
        }
        catch (Throwable ex) {
            throw new IllegalStateException(ex);
        }
        return decoder.decode(this.reader);
    }

    /** Copies bytes to where a connection would find them: a direct buffer. */
    static ByteBuf received(byte[] bytes) {
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }

}
