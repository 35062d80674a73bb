package io.memlink.link;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A process of its own with a small heap, in which many threads write to a server whether
 * or not it answers. Told by lines what to do, tells by lines what came of it.
 */
final class StalledServerLoad implements LinkListener {

    static final int MAX_IN_FLIGHT_BYTES = 8 * 1024 * 1024;

    /** Begins the lines that are not of a logger. */
    static final String MARK = "load: ";

    private static final int THREADS = 64;

    private static final String VALUE = "x".repeat(16 * 1024);

    private final AtomicBoolean writing = new AtomicBoolean(true);

    private final AtomicLong longestNanos = new AtomicLong();

    private final LongAdder stored = new LongAdder();

    private final LongAdder failed = new LongAdder();

    private long maxBytes;

    public static void main(String[] arguments) throws Exception {
        new StalledServerLoad().run(Integer.parseInt(arguments[0]));
    }

    private void run(int port) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        LinkResources resources = new LinkResources(1, LinkResources.defaultMaxBytes());
        ConnectionPool pool = new ConnectionPool(new Endpoint("127.0.0.1", port), new LineProtocol(),
                LinkOptions.builder().maxInFlightBytes(MAX_IN_FLIGHT_BYTES).build(), resources, this);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> write(pool));
            thread.start();
            threads.add(thread);
        }
        while (this.stored.sum() < 1000) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        out.println(MARK + "writing");
        in.readLine();
        // What a cold JVM needed for its first requests is of no interest.
        this.longestNanos.set(0);
        watch(pool, Duration.ofSeconds(10));
        out.println(MARK + "enough");
        in.readLine();
        long resumed = System.nanoTime();
        long before = this.stored.sum();
        while (this.stored.sum() == before) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        long backMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - resumed);
        this.writing.set(false);
        for (Thread thread : threads) {
            thread.join();
        }
        pool.close(Duration.ofSeconds(2)).join();
        resources.close();
        out.println(MARK + this.maxBytes + " " + TimeUnit.NANOSECONDS.toMillis(this.longestNanos.get()) + " "
                + backMillis + " " + this.failed.sum() + " " + resources.budget().bytes() + " "
                + resources.budget().requests());
    }

    private void write(ConnectionPool pool) {
        for (int i = 0; this.writing.get(); i++) {
            // Each with a value of its own, as an application would.
            String text = "ms key-" + i % 100 + " " + VALUE.length() + "\r\n" + VALUE + "\r\n";
            if (pool.send(new LineRequest(text, 0)).isCompletedExceptionally()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
    }

    private void watch(ConnectionPool pool, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            this.maxBytes = Math.max(this.maxBytes, pool.pendingBytes());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Override
    public void ended(Request<?> request, @Nullable Object reply, @Nullable Throwable failure, long queuedNanos,
            long wireNanos) {
        this.longestNanos.accumulateAndGet(queuedNanos + wireNanos, Math::max);
        ((failure == null) ? this.stored : this.failed).increment();
    }

}
