package io.memlink.cluster.health;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.placement.Backend;

/**
 * The bound on how many backends may be ejected at a time: one of up to three, half of
 * more. Where more look unhealthy, it is rather this side or the network: all ejected
 * ones are used again, and none is ejected until ten seconds after the last wish to.
 * Backends without a connection do not count, they are of no use anyway. Confined to the
 * timers of its cluster.
 */
public final class EjectionLimit {

    private static final long SUSPENSION_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int SMALL = 3;

    private final LongSupplier clock;

    private final Supplier<List<NodeHealth>> backends;

    private final Consumer<List<Backend>> suspended;

    private boolean suspending;

    private long suspendedUntilNanos;

    /** Tells the consumer which backends are used again. */
    public EjectionLimit(LongSupplier clock, Supplier<List<NodeHealth>> backends, Consumer<List<Backend>> suspended) {
        this.clock = clock;
        this.backends = backends;
        this.suspended = suspended;
    }

    public boolean mayEject(NodeHealth candidate) {
        long now = this.clock.getAsLong();
        if (this.suspending && now - this.suspendedUntilNanos < 0) {
            this.suspendedUntilNanos = now + SUSPENSION_NANOS;
            return false;
        }
        this.suspending = false;
        List<NodeHealth> all = this.backends.get();
        List<NodeHealth> ejected = all.stream().filter((backend) -> backend.state() == State.EJECTED).toList();
        int allowed = (all.size() <= SMALL) ? 1 : all.size() / 2;
        if (ejected.size() < allowed) {
            return true;
        }
        this.suspending = true;
        this.suspendedUntilNanos = now + SUSPENSION_NANOS;
        List<Backend> used = new ArrayList<>();
        for (NodeHealth backend : ejected) {
            backend.absolve();
            used.add(backend.backend());
        }
        used.add(candidate.backend());
        this.suspended.accept(used);
        return false;
    }

}
