package io.memlink.link;

import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.link.tls.engine.TlsMaterials;
import io.memlink.link.transport.ConnectRace;
import io.memlink.link.transport.Transport;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open a connection: look up, connect, encrypt, greet. Each step has its
 * clock, and ends the attempt whatever it throws. Confined to the event loop.
 */
final class Dial {

    private final Dialer dialer;

    private final Connection connection;

    private final ConnectionSlot slot;

    private TlsMaterials.@Nullable Material material;

    private @Nullable ConnectRace race;

    Dial(Dialer dialer, Connection connection, ConnectionSlot slot) {
        this.dialer = dialer;
        this.connection = connection;
        this.slot = slot;
    }

    void start() {
        guard(() -> new DialPreparation(this.dialer, this.slot.loop(), this.slot.failures(), this::connect,
                this.connection::close)
            .start());
    }

    /** Leaves nothing open that belongs to no connection: theirs has been closed. */
    void giveUp() {
        ConnectRace race = this.race;
        if (race != null) {
            race.giveUp();
        }
    }

    /** Takes a step of the dial, which is over where that fails, whatever is thrown. */
    private void guard(Runnable step) {
        try {
            step.run();
        }
        catch (Throwable ex) {
            this.connection.broken("cannot connect", ex);
        }
    }

    private void connect(DialPreparation prepared) {
        if (this.connection.closeCause() == null) {
            this.material = prepared.material();
            guard(() -> race(prepared.addresses()));
        }
    }

    private void race(List<SocketAddress> addresses) {
        ConnectRace race = new ConnectRace(this.slot.loop(), this.dialer.bootstrap(this.slot.loop()), addresses,
                this::connected, (failure) -> this.connection.close(this.dialer.cannotConnect(failure)));
        this.race = race;
        race.tryNext();
    }

    private void connected(Channel channel) {
        if (this.connection.closeCause() != null) {
            channel.close();
            return;
        }
        try {
            open(channel);
        }
        catch (Throwable ex) {
            try {
                channel.close();
            }
            finally {
                this.connection.broken("cannot connect", ex);
            }
        }
    }

    private void open(Channel channel) {
        TlsMaterials.Material material = this.material;
        SslHandler handler = (material != null) ? this.dialer.tls().newHandler(channel, material) : null;
        if (handler != null) {
            channel.pipeline().addLast(handler);
        }
        channel.pipeline().addLast(this.connection);
        Transport.keepReadBuffer(channel);
        this.connection.opened(channel);
        channel.config().setAutoRead(true);
        if (handler != null) {
            handler.handshakeFuture().addListener((handshake) -> guard(() -> handshaken(handshake.cause())));
        }
        else {
            greet();
        }
    }

    private void handshaken(@Nullable Throwable failure) {
        if (failure != null) {
            MemlinkConnectionException cause = this.dialer.tls().handshakeFailure(failure);
            this.connection.close(CloseCause.of(cause.reason(), String.valueOf(cause.getMessage()), failure));
        }
        else {
            greet();
        }
    }

    private void greet() {
        CompletableFuture<?> greeting;
        try {
            greeting = this.dialer.protocol().greet(new GreetingLink(this.connection));
        }
        catch (RuntimeException ex) {
            greeting = CompletableFuture.failedFuture(ex);
        }
        greeting.whenComplete((session, failure) -> {
            if (this.slot.loop().inEventLoop()) {
                guard(() -> greeted(session, failure));
            }
            else {
                this.slot.loop().execute(() -> guard(() -> greeted(session, failure)));
            }
        });
    }

    private void greeted(@Nullable Object session, @Nullable Throwable failure) {
        if (failure != null) {
            Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : null;
            this.connection.close(this.dialer.cannotGreet((cause != null) ? cause : failure));
        }
        else if (this.connection.closeCause() == null) {
            this.slot.greeted(this.connection, session, this.material);
        }
    }

    /**
     * The link that a greeting is sent over.
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
