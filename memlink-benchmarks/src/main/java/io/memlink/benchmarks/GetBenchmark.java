package io.memlink.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.memlink.BulkResult;
import io.memlink.MemlinkClient;
import io.memlink.embedded.junit.MemcachedProcess;
import io.memlink.meta.Expiration;
import net.spy.memcached.DefaultConnectionFactory;
import net.spy.memcached.MemcachedClient;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reads of 100-byte values that are there, by 16 threads that wait for each answer and by
 * one thread that asks for 100 keys at once. One server thread and one connection for
 * each client, over loopback.
 */
// JMH calls start() before anything else.
@SuppressWarnings("NullAway.Init")
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class GetBenchmark {

    private static final int KEYS = 10_000;

    private static final int BULK = 100;

    private static final int CALLERS = 16;

    private final List<String> keys = new ArrayList<>();

    private MemcachedProcess server;

    private MemlinkClient memlink;

    private MemcachedClient spymemcached;

    /**
     * Starts the server and the clients and stores the values. Both clients find the same
     * items: the flags of spymemcached mark them as byte arrays.
     * @throws IOException if spymemcached does not connect
     */
    @Setup
    public void start() throws IOException {
        this.server = MemcachedProcess.start();
        this.memlink = MemlinkClient.builder()
            .backends("127.0.0.1:" + this.server.port())
            .connectTimeout(Duration.ofSeconds(5))
            .build();
        this.spymemcached = new MemcachedClient(new DefaultConnectionFactory(), List.of(this.server.address()));
        byte[] value = new byte[100];
        Arrays.fill(value, (byte) 'x');
        for (int i = 0; i < KEYS; i++) {
            String key = "benchmark:" + i;
            this.keys.add(key);
            this.spymemcached.set(key, 0, value);
        }
        this.spymemcached.waitForQueues(10, TimeUnit.SECONDS);
        this.memlink.set("ready", value, Expiration.never()).join();
    }

    /**
     * Ends them.
     */
    @TearDown
    public void stop() {
        this.memlink.close();
        this.spymemcached.shutdown();
        this.server.close();
    }

    /**
     * One value with Memlink.
     * @return the value
     */
    @Benchmark
    @Threads(CALLERS)
    public byte @Nullable [] memlinkGet() {
        return this.memlink.blocking().get(key());
    }

    /**
     * One value with spymemcached.
     * @return the value
     */
    @Benchmark
    @Threads(CALLERS)
    public Object spymemcachedGet() {
        return this.spymemcached.get(key());
    }

    /**
     * Many values with Memlink.
     * @return the values
     */
    @Benchmark
    @OperationsPerInvocation(BULK)
    public BulkResult<byte[]> memlinkGetAll() {
        return this.memlink.blocking().getAll(someKeys());
    }

    /**
     * Many values with spymemcached.
     * @return the values
     */
    @Benchmark
    @OperationsPerInvocation(BULK)
    public Map<String, Object> spymemcachedGetBulk() {
        return this.spymemcached.getBulk(someKeys());
    }

    private String key() {
        return this.keys.get(ThreadLocalRandom.current().nextInt(KEYS));
    }

    private List<String> someKeys() {
        int first = ThreadLocalRandom.current().nextInt(KEYS - BULK);
        return this.keys.subList(first, first + BULK);
    }

}
