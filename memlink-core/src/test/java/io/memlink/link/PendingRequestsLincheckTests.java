package io.memlink.link;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Function;

import io.memlink.Interleavings;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.link.flow.Budget;
import io.memlink.link.loop.Pauses;
import io.memlink.link.loop.Spans;
import io.memlink.link.loop.WhereTimeWent;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Callers that send and cancel, while the event loop writes, reads, times out and closes:
 * each request ends exactly once, and all permits return.
 */
@Param(name = "request", gen = IntGen.class, conf = "0:3")
public class PendingRequestsLincheckTests {

    private static final int REQUESTS = 4;

    private static final LinkOptions OPTIONS = LinkOptions.builder().requestTimeout(Duration.ofMillis(100)).build();

    private final AtomicIntegerArray sent = new AtomicIntegerArray(REQUESTS);

    private final AtomicIntegerArray ended = new AtomicIntegerArray(REQUESTS);

    private final AtomicIntegerArray completed = new AtomicIntegerArray(REQUESTS);

    private final Budget client = new Budget("client", 3, 1000, null);

    private final PendingRequests requests = new PendingRequests("server", OPTIONS, this.client,
            new WhereTimeWent(new Pauses(() -> 0, 1), new Spans()), () -> {
            });

    private final Exchange.Terms terms = new Exchange.Terms(OPTIONS.requestTimeoutNanos(), new LinkListener() {

        @Override
        public void ended(Request<?> request, @Nullable Object reply, @Nullable Throwable failure, long queuedNanos,
                long wireNanos) {
            PendingRequestsLincheckTests.this.ended.incrementAndGet(((LineRequest) request).affinity());
        }

    }, null, null);

    private final Exchange<?, ?>[] exchanges = new Exchange<?, ?>[REQUESTS];

    /** Makes the requests, whose futures anybody may complete. */
    public PendingRequestsLincheckTests() {
        for (int i = 0; i < REQUESTS; i++) {
            int index = i;
            Exchange<String, String> exchange = new Exchange<>(new LineRequest("mn\r\n", i), Function.identity(), 0,
                    this.terms);
            exchange.whenComplete((reply, failure) -> this.completed.incrementAndGet(index));
            this.exchanges[i] = exchange;
        }
    }

    /** A caller. */
    @Operation
    public void send(@Param(name = "request") int request) {
        if (this.sent.compareAndSet(request, 0, 1)) {
            Exchange<?, ?> exchange = this.exchanges[request];
            if (this.requests.enter(exchange) == null) {
                this.requests.submit(exchange);
            }
            else {
                exchange.reject(new IllegalStateException("refused"));
            }
        }
    }

    /** A caller that does not wait. */
    @Operation
    public void cancel(@Param(name = "request") int request) {
        this.exchanges[request].cancel(false);
    }

    /** The loop writes one request. */
    @Operation(nonParallelGroup = "loop")
    public void write() {
        Exchange<?, ?> next = this.requests.nextToWrite(0);
        if (next != null) {
            next.written(7, 0);
            this.requests.written(next);
        }
    }

    /** The loop reads one reply. */
    @Operation(nonParallelGroup = "loop")
    public void reply() {
        Exchange<?, ?> oldest = this.requests.oldestInFlight();
        if (oldest != null) {
            this.requests.answered(oldest);
            oldest.refuse(new IllegalStateException("refused"), 1);
        }
    }

    /** The loop finds that all deadlines have passed. */
    @Operation(nonParallelGroup = "loop")
    public void expire() {
        this.requests.await();
        this.requests.expire(OPTIONS.requestTimeoutNanos(), true);
    }

    /** The connection is lost. */
    @Operation(nonParallelGroup = "loop")
    public void close() {
        this.requests.fail(CloseCause.of(Reason.LOST, "lost", null), 1);
    }

    /** After all of that, and the end of the connection. */
    @Validate
    public void endsEachRequestOnceAndReturnsAllPermits() {
        close();
        for (int i = 0; i < REQUESTS; i++) {
            if (this.ended.get(i) != this.sent.get(i)) {
                throw new IllegalStateException("request " + i + " ended " + this.ended.get(i) + " times");
            }
            if (this.completed.get(i) > 1 || (this.sent.get(i) == 1 && this.completed.get(i) == 0)) {
                throw new IllegalStateException("request " + i + " completed " + this.completed.get(i) + " times");
            }
        }
        if (this.client.requests() != 0 || this.client.bytes() != 0 || this.requests.gate().requests() != 0) {
            throw new IllegalStateException("permits left: " + this.client + ", " + this.requests.gate());
        }
    }

    @Test
    void holdsUnderStress() {
        Interleavings.underStress()
            .actorsPerThread(4)
            .iterations(25)
            .invocationsPerIteration(2000)
            .check(PendingRequestsLincheckTests.class);
    }

}
