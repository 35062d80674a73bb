package io.memlink.link;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.memlink.error.MemlinkException;
import org.jspecify.annotations.Nullable;

/** Keeps what a pool tells. */
public final class RecordingListener implements LinkListener {

    public final Queue<String> connections = new ConcurrentLinkedQueue<>();

    final Queue<MemlinkException> causes = new ConcurrentLinkedQueue<>();

    public final Queue<Ended> ended = new ConcurrentLinkedQueue<>();

    final Queue<Request<?>> late = new ConcurrentLinkedQueue<>();

    @Override
    public void connected() {
        this.connections.add("connected");
    }

    @Override
    public void disconnected(MemlinkException cause) {
        this.causes.add(cause);
        this.connections.add("disconnected");
    }

    @Override
    public void dialFailed(MemlinkException cause) {
        this.causes.add(cause);
        this.connections.add("dialFailed");
    }

    @Override
    public void ended(Request<?> request, @Nullable Object reply, @Nullable Throwable failure, long queuedNanos,
            long wireNanos) {
        this.ended.add(new Ended(request, reply, failure, queuedNanos, wireNanos));
    }

    @Override
    public void lateReply(Request<?> request) {
        this.late.add(request);
    }

    public record Ended(Request<?> request, @Nullable Object reply, @Nullable Throwable failure, long queuedNanos,
            long wireNanos) {
    }

}
