package io.memlink.benchmarks.values;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writing and reading one value in several formats. Run with {@code -prof gc} for the
 * garbage; the bytes each value takes are printed before its first iteration.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ValueBenchmark {

    /** The format. */
    @Param({ "memlink", "jackson", "jdk", "fory", "kryo" })
    public String codec = "memlink";

    /** The value. */
    @Param({ "record", "bean", "list", "map" })
    public String value = "record";

    private ValueCodec coder = ValueCodec.of("memlink");

    private Object object = "";

    private byte[] bytes = {};

    /** Makes the value and its bytes. */
    @Setup
    public void makeBytes() {
        this.coder = ValueCodec.of(this.codec);
        this.object = SampleValues.of(this.value);
        this.bytes = this.coder.encode(this.object);
        System.out.println(this.codec + " " + this.value + ": " + this.bytes.length + " bytes");
    }

    /**
     * Makes bytes of the value.
     * @return the bytes
     */
    @Benchmark
    public byte[] encode() {
        return this.coder.encode(this.object);
    }

    /**
     * Makes the value again.
     * @return the value
     */
    @Benchmark
    public Object decode() {
        return this.coder.decode(this.bytes);
    }

}
