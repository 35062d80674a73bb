package io.memlink.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.micrometer.MemlinkMetrics;
import io.memlink.placement.Backend;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
 * Benchmark of what the meters add to a request: all of them together, with one registry.
 * Without a registry, it is what the classification of the reply takes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MetersBenchmark {

    private final Backend backend = Backend.parse("cache-1:11211");

    private final MetaGet get = MetaGet.builder(Key.of("user:1234567:profile")).value().build();

    private final MetaReply hit = hit();

    private final MemlinkMetrics unbound = new MemlinkMetrics();

    private final MemlinkMetrics bound = bound();

    private MetaReply hit() {
        CodecHarness codec = new CodecHarness();
        String request = new String(codec.bytes(this.get), StandardCharsets.ISO_8859_1);
        String opaque = request.substring(request.lastIndexOf(' '));
        byte[] reply = ("VA 5" + opaque + "value\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return Objects.requireNonNull(codec.decode(this.get.decoder(), CodecHarness.received(reply)));
    }

    private static MemlinkMetrics bound() {
        MemlinkMetrics metrics = new MemlinkMetrics();
        metrics.bindTo(new SimpleMeterRegistry());
        return metrics;
    }

    /** A hit, without a registry. */
    @Benchmark
    public void none() {
        this.unbound.requestEnded(this.backend, this.get, this.hit, null, 2_000, 60_000);
    }

    /** A hit, with a registry. */
    @Benchmark
    public void meters() {
        this.bound.requestEnded(this.backend, this.get, this.hit, null, 2_000, 60_000);
    }

}
