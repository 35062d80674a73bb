package io.memlink.link;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.memlink.link.flow.BlockingQuestion.Waiter;
import io.memlink.link.tls.engine.TlsMaterials;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The care for a connection that is up: pings when it is silent, and a successor when it
 * is old or its certificates are. Confined to the event loop.
 */
final class Upkeep {

    private static final Logger logger = LoggerFactory.getLogger(Upkeep.class);

    private static final long MIN_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Connections that were made together shall not be replaced together. */
    private static final double AGE_JITTER = 0.1;

    private final ConnectionSlot slot;

    private final LinkOptions options;

    private final @Nullable TlsMaterials materials;

    private final EventLoop loop;

    /** The same each time, so that it waits once however long there is no answer. */
    private final Waiter<TlsMaterials.Material> renewal = this::materialRead;

    private TlsMaterials.@Nullable Material material;

    private long renewalNanos;

    Upkeep(ConnectionSlot slot, Dialer dialer) {
        this.slot = slot;
        this.options = dialer.options();
        this.materials = dialer.materials();
        this.loop = slot.loop();
    }

    /** Looks after a connection from now on, as long as it is the current one. */
    void begin(Connection connection, TlsMaterials.@Nullable Material material, double random) {
        this.material = material;
        double jitter = AGE_JITTER * (2 * random - 1);
        this.renewalNanos = now() + (long) (this.options.maxAgeNanos() * (1 + jitter));
        long firstNanos = this.options.idlePingNanos();
        schedule(connection,
                (this.options.maxAgeNanos() > 0) ? Math.min(firstNanos, this.options.maxAgeNanos()) : firstNanos);
    }

    private void schedule(Connection connection, long delayNanos) {
        this.loop.schedule(() -> look(connection), Math.max(delayNanos, MIN_DELAY_NANOS), TimeUnit.NANOSECONDS);
    }

    private void look(Connection connection) {
        if (!this.slot.isLookedAfter(connection)) {
            return;
        }
        try {
            long delayNanos = connection.pingIfIdle();
            if (this.options.maxAgeNanos() > 0) {
                long restNanos = this.renewalNanos - now();
                delayNanos = Math.min(delayNanos, restNanos);
                if (restNanos <= 0) {
                    renew();
                }
            }
            if (this.materials != null && this.material != null) {
                this.materials.ask(this.renewal);
            }
            schedule(connection, delayNanos);
        }
        catch (Throwable ex) {
            // Nobody would look after it any more.
            connection.broken("cannot be looked after", ex);
        }
    }

    private void renew() {
        if (this.slot.renew()) {
            this.renewalNanos = now() + this.options.idlePingNanos();
        }
    }

    /** Called where settings are read. */
    private void materialRead(TlsMaterials.@Nullable Material read, @Nullable Throwable failure) {
        if (read != null) {
            this.loop.execute(this::renewIfOutdated);
        }
        else if (!(failure instanceof RejectedExecutionException)) {
            logger.warn("{}: the TLS settings cannot be read; connections keep those they have", this.slot.server(),
                    failure);
        }
    }

    private void renewIfOutdated() {
        if (this.materials != null && this.material != this.materials.latest()) {
            renew();
        }
    }

    private long now() {
        return this.loop.ticker().nanoTime();
    }

}
