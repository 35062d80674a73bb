package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.placement.Backend;

/**
 * Waits until all backends can be used, for applications that are not to start without
 * them.
 *
 * @param prefix what the names of the client's properties begin with
 * @param encrypted whether TLS is spoken
 */
record StartupCheck(String prefix, boolean encrypted) {

    private static final long POLL_MILLIS = 10;

    void await(MemlinkClient client, Duration connectTimeout) {
        // Looking up the name, connecting, the handshake and the greeting have a timeout
        // each.
        long deadline = System.nanoTime() + 4 * connectTimeout.toNanos();
        List<BackendStatus> backends = client.backends();
        while (backends.stream().anyMatch(StartupCheck::isPending) && System.nanoTime() < deadline) {
            backends.stream()
                .filter((backend) -> isUnusable(backend) && !isPending(backend))
                .findFirst()
                .ifPresent(this::fail);
            pause();
            backends = client.backends();
        }
        backends.stream().filter(StartupCheck::isUnusable).findFirst().ifPresent(this::fail);
    }

    private static boolean isPending(BackendStatus backend) {
        return backend.state() == State.CONNECTING || backend.address().equals(Backend.UNDISCOVERED);
    }

    private static boolean isUnusable(BackendStatus backend) {
        return backend.state() != State.UP && backend.lastFailure() != null;
    }

    private void fail(BackendStatus backend) {
        if (backend.lastFailure() != null) {
            throw new BackendUnusableException(backend.address(), this.prefix, this.encrypted, backend.lastFailure());
        }
    }

    private static void pause() {
        try {
            new CountDownLatch(1).await(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the backends", ex);
        }
    }

}
