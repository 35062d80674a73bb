package io.memlink.link;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Hands requests over as a connection does, without one. Not safe for use by many
 * threads.
 */
public final class QueueHarness {

    private static final long TIMEOUT_NANOS = 1_000_000_000L;

    private final PendingRequests requests = new PendingRequests("nowhere", LinkOptions.builder().build(),
            new Budget("client", 1 << 16, 1 << 30, null));

    private final Ending ending = new Ending(TIMEOUT_NANOS, new LinkListener() {
    }, null);

    private final Request<Boolean> request = new NothingRequest();

    /**
     * Submits requests, takes them out as if they were written, and answers them.
     * @param count how many
     * @return whether none is left
     */
    public boolean handOver(int count) {
        for (int i = 0; i < count; i++) {
            Exchange<Boolean, Boolean> exchange = new Exchange<>(this.request, Function.identity(), 0, this.ending);
            if (this.requests.acquire(exchange)) {
                this.requests.submit(exchange);
            }
        }
        Exchange<?, ?> next = this.requests.nextToWrite(1);
        while (next != null) {
            next.written(0, 1);
            this.requests.written(next);
            next = this.requests.nextToWrite(1);
        }
        Exchange<?, ?> oldest = this.requests.oldestInFlight();
        while (oldest != null) {
            this.requests.answered(oldest);
            ((CompletableFuture<?>) oldest).complete(null);
            oldest = this.requests.oldestInFlight();
        }
        return this.requests.isEmpty();
    }

    /** Writes nothing. */
    private static final class NothingRequest implements Request<Boolean>, Request.Decoder<Boolean> {

        @Override
        public int encodedBytes() {
            return 64;
        }

        @Override
        public void encode(RequestWriter out) {
        }

        @Override
        public Decoder<Boolean> decoder() {
            return this;
        }

        @Override
        public @Nullable Boolean decode(ReplyReader in) {
            return Boolean.TRUE;
        }

    }

}
