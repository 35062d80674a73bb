package io.memlink.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaSet;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writing requests and reading replies, without a network. Run with {@code -prof gc}:
 * writing allocates nothing, reading nothing but the reply and the array of its value, as
 * {@link #leastResult} does, which is measured beside it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {

    private static final int VALUE_BYTES = 100;

    private final CodecHarness codec = new CodecHarness();

    private final MetaGet get = MetaGet.builder(Key.of("user:1234567:profile")).value().clientFlags().build();

    private final MetaSet set = MetaSet.builder(Key.of("user:1234567:profile"), new byte[VALUE_BYTES]).build();

    private final ByteBuf hit = CodecHarness.received(reply("VA 100 f0", "x".repeat(VALUE_BYTES) + "\r\n"));

    private final ByteBuf stored = CodecHarness.received(reply("HD", ""));

    private byte[] reply(String status, String value) {
        String request = new String(this.codec.bytes(this.get), StandardCharsets.ISO_8859_1);
        String opaque = request.substring(request.lastIndexOf(' '));
        return (status + opaque + value).getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Writes a get.
     * @return its length
     */
    @Benchmark
    public int encodeGet() {
        return this.codec.encode(this.get);
    }

    /**
     * Writes a set.
     * @return its length
     */
    @Benchmark
    public int encodeSet() {
        return this.codec.encode(this.set);
    }

    /**
     * Reads a hit.
     * @return the reply
     */
    @Benchmark
    public @Nullable MetaReply decodeHit() {
        return this.codec.decode(this.get.decoder(), this.hit);
    }

    /**
     * Reads that a value was stored.
     * @return the reply
     */
    @Benchmark
    public @Nullable MetaReply decodeStored() {
        return this.codec.decode(this.set.decoder(), this.stored);
    }

    /**
     * What the result of a hit takes at least: an object of 32 bytes and the value.
     * @return both
     */
    @Benchmark
    public Object[] leastResult() {
        // An array of four references has the size of the reply.
        Object[] result = new Object[4];
        result[0] = new byte[VALUE_BYTES];
        return result;
    }

}
