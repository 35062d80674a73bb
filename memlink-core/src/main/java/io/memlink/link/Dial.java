package io.memlink.link;

import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.link.tls.TlsEngine;
import io.memlink.link.transport.ConnectRace;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open a connection: look up, connect, encrypt, greet. Each step has its
 * clock. Confined to the event loop, but for the first step, which may block.
 */
final class Dial {

    private final Dialer dialer;

    private final Connection connection;

    private final ConnectionSlot slot;

    private final int attempt;

    private boolean prepared;

    private TlsEngine.@Nullable Material material;

    Dial(Dialer dialer, Connection connection, ConnectionSlot slot) {
        this.dialer = dialer;
        this.connection = connection;
        this.slot = slot;
        this.attempt = slot.failures();
    }

    void start() {
        if (this.dialer.tls() == null && !this.dialer.lookup().blocks()) {
            prepare().run();
            return;
        }
        // A name server that does not answer has no clock that would suit us.
        this.slot.loop()
            .schedule(this::giveUpPreparing, this.dialer.options().connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
        try {
            this.dialer.resources().resolver().execute(this::prepareElsewhere);
        }
        catch (RejectedExecutionException ex) {
            this.connection.close(CloseCause.closed(this.dialer.server()));
        }
    }

    private void prepareElsewhere() {
        Runnable next = prepare();
        try {
            this.slot.loop().execute(next);
        }
        catch (RejectedExecutionException ex) {
            // The loop has ended, and everything that waited for it has failed.
        }
    }

    /** Returns what is to be done on the event loop. */
    private Runnable prepare() {
        String server = this.dialer.server();
        try {
            TlsEngine tls = this.dialer.tls();
            TlsEngine.Material material = (tls != null) ? tls.material() : null;
            List<SocketAddress> addresses = this.dialer.lookup().addresses(this.attempt);
            return () -> connect(addresses, material);
        }
        catch (UnknownHostException ex) {
            return () -> this.connection.close(CloseCause.of(Reason.UNKNOWN_HOST, server + ": unknown host", ex));
        }
        catch (Exception ex) {
            String message = server + ": the settings of TLS cannot be used: " + ex.getMessage();
            return () -> this.connection.close(CloseCause.of(Reason.TLS, message, ex));
        }
    }

    private void giveUpPreparing() {
        if (!this.prepared) {
            String what = (this.dialer.tls() != null) ? "looking up the name and reading certificates"
                    : "looking up the name";
            String message = this.dialer.server() + ": " + what + " took longer than "
                    + this.dialer.options().connectTimeout().toMillis() + " ms";
            this.connection.close(CloseCause.of(Reason.UNKNOWN_HOST, message, null));
        }
    }

    private void connect(List<SocketAddress> addresses, TlsEngine.@Nullable Material material) {
        this.prepared = true;
        if (this.connection.closeCause() == null) {
            this.material = material;
            new ConnectRace(this.slot.loop(), this.dialer.bootstrap(this.slot.loop()), addresses, this::connected,
                    (failure) -> this.connection.close(this.dialer.cannotConnect(failure)))
                .tryNext();
        }
    }

    private void connected(Channel channel) {
        if (this.connection.closeCause() != null) {
            channel.close();
            return;
        }
        try {
            open(channel);
        }
        catch (RuntimeException ex) {
            channel.close();
            this.connection.close(this.dialer.cannotGreet(ex));
        }
    }

    private void open(Channel channel) {
        TlsEngine tls = this.dialer.tls();
        SslHandler handler = (tls != null && this.material != null) ? tls.newHandler(channel, this.material) : null;
        if (handler != null) {
            channel.pipeline().addLast(handler);
        }
        channel.pipeline().addLast(this.connection);
        this.connection.opened(channel);
        channel.config().setAutoRead(true);
        if (handler != null && tls != null) {
            handler.handshakeFuture().addListener((handshake) -> handshaken(tls, handshake.cause()));
        }
        else {
            greet();
        }
    }

    private void handshaken(TlsEngine tls, @Nullable Throwable failure) {
        if (failure != null) {
            MemlinkConnectionException cause = tls.handshakeFailure(failure);
            this.connection.close(CloseCause.of(cause.reason(), String.valueOf(cause.getMessage()), failure));
        }
        else {
            greet();
        }
    }

    private void greet() {
        CompletableFuture<?> greeted;
        try {
            greeted = this.dialer.protocol().greet(new GreetingLink(this.connection));
        }
        catch (RuntimeException ex) {
            greeted = CompletableFuture.failedFuture(ex);
        }
        greeted.whenComplete((session, failure) -> {
            if (failure != null) {
                Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : null;
                this.connection.close(this.dialer.cannotGreet((cause != null) ? cause : failure));
            }
            else if (this.connection.closeCause() == null) {
                this.slot.greeted(this.connection, session, this.material);
            }
        });
    }

    /**
     * What a greeting is sent down.
     *
     * @param connection the connection, open but not ready
     */
    private record GreetingLink(Connection connection) implements Link {

        @Override
        public <R, T extends @Nullable Object> CompletableFuture<T> send(Request<R> request,
                Function<? super R, ? extends T> meaning) {
            return this.connection.greet(request, meaning);
        }

    }

}
