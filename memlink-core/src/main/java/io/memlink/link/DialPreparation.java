package io.memlink.link;

import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.link.flow.BlockingQuestion.Waiter;
import io.memlink.link.tls.engine.TlsMaterials;
import io.memlink.link.transport.AddressLookup;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The part of a dial that finds out what to connect to: the addresses of the server, and
 * what to encrypt with. Confined to the event loop.
 * <p>
 * Both may block, so others are asked, who may stay silent. After half of the connect
 * timeout the answers of earlier dials are good enough; where there are none, the dial is
 * given up when that timeout is over, and leaves nothing behind with those it asked.
 */
final class DialPreparation {

    private final Dialer dialer;

    private final EventLoop loop;

    private final int attempt;

    private final Consumer<DialPreparation> prepared;

    private final Consumer<CloseCause> failed;

    private final Waiter<AddressLookup> names = (found, failure) -> onLoop(() -> named(failure));

    private final Waiter<TlsMaterials.Material> materials = (read, failure) -> onLoop(() -> encrypted(read, failure));

    private @Nullable Future<?> patience;

    private @Nullable Future<?> limit;

    private boolean named;

    private boolean encrypted;

    private TlsMaterials.@Nullable Material material;

    private boolean over;

    /**
     * Creates a preparation that has not begun.
     * @param attempt how many dials have failed before
     * @param prepared told once when all is known
     * @param failed told once instead where it cannot be found out
     */
    DialPreparation(Dialer dialer, EventLoop loop, int attempt, Consumer<DialPreparation> prepared,
            Consumer<CloseCause> failed) {
        this.dialer = dialer;
        this.loop = loop;
        this.attempt = attempt;
        this.prepared = prepared;
        this.failed = failed;
    }

    void start() {
        TlsMaterials tls = this.dialer.materials();
        this.named = !this.dialer.lookup().blocks();
        this.encrypted = tls == null;
        if (!this.named || !this.encrypted) {
            long limitNanos = this.dialer.options().connectTimeout().toNanos();
            this.limit = this.loop.schedule(this::giveUp, limitNanos, TimeUnit.NANOSECONDS);
            this.patience = this.loop.schedule(this::useWhatIsKnown, limitNanos / 2, TimeUnit.NANOSECONDS);
        }
        if (!this.named) {
            this.dialer.names().ask(this.names);
        }
        if (tls != null) {
            tls.ask(this.materials);
        }
        endIfPrepared();
    }

    private void onLoop(Runnable answer) {
        try {
            this.loop.execute(answer);
        }
        catch (RejectedExecutionException ex) {
            // The loop has ended, and everything that waited for it has failed.
        }
    }

    private void named(@Nullable Throwable failure) {
        if (this.over) {
            return;
        }
        if (failure != null) {
            fail(cause(Reason.UNKNOWN_HOST,
                    (failure instanceof UnknownHostException) ? "unknown host" : "the name cannot be looked up",
                    failure));
            return;
        }
        this.named = true;
        endIfPrepared();
    }

    private void encrypted(TlsMaterials.@Nullable Material read, @Nullable Throwable failure) {
        if (this.over) {
            return;
        }
        if (read == null) {
            String why = (failure != null) ? failure.getMessage() : "there are none";
            fail(cause(Reason.TLS, "the settings of TLS cannot be used: " + why, failure));
            return;
        }
        this.material = read;
        this.encrypted = true;
        endIfPrepared();
    }

    private CloseCause cause(Reason reason, String what, @Nullable Throwable failure) {
        return (failure instanceof RejectedExecutionException) ? CloseCause.closed(this.dialer.server())
                : CloseCause.of(reason, this.dialer.server() + ": " + what, failure);
    }

    private void useWhatIsKnown() {
        if (this.over) {
            return;
        }
        this.named = this.named || !addresses().isEmpty();
        TlsMaterials tls = this.dialer.materials();
        if (!this.encrypted && tls != null) {
            this.material = tls.latest();
            this.encrypted = this.material != null;
        }
        endIfPrepared();
    }

    private void giveUp() {
        if (!this.over) {
            String what = !this.named ? "looking up the name" : "reading the settings of TLS";
            fail(cause(!this.named ? Reason.UNKNOWN_HOST : Reason.TLS,
                    what + " took longer than " + this.dialer.options().connectTimeout().toMillis() + " ms", null));
        }
    }

    private void fail(CloseCause cause) {
        end();
        this.failed.accept(cause);
    }

    private void endIfPrepared() {
        if (this.named && this.encrypted && !this.over) {
            end();
            this.prepared.accept(this);
        }
    }

    private void end() {
        this.over = true;
        cancel(this.patience);
        cancel(this.limit);
        this.dialer.names().withdraw(this.names);
        TlsMaterials tls = this.dialer.materials();
        if (tls != null) {
            tls.withdraw(this.materials);
        }
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** Returns the addresses to try. */
    List<SocketAddress> addresses() {
        return this.dialer.lookup().known(this.attempt);
    }

    /** Returns what to encrypt with; {@code null} where nothing is encrypted. */
    TlsMaterials.@Nullable Material material() {
        return this.material;
    }

}
