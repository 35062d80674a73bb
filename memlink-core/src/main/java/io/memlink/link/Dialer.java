package io.memlink.link;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkTimeoutException;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one server: looks up its name, connects, and greets. Immutable.
 * Each step runs on the event loop of the connection, but for the lookup, which blocks.
 */
final class Dialer {

    private final Endpoint endpoint;

    private final Protocol protocol;

    private final LinkOptions options;

    private final LinkResources resources;

    private final @Nullable TlsEngine tls;

    Dialer(Endpoint endpoint, Protocol protocol, LinkOptions options, LinkResources resources) {
        this.endpoint = endpoint;
        this.protocol = protocol;
        this.options = options;
        this.resources = resources;
        Supplier<TlsOptions> tls = options.tls();
        this.tls = (tls != null) ? new TlsEngine(tls) : null;
    }

    /** Opens a connection; tells the slot when it is ready, or why it was closed. */
    void dial(Connection connection, ConnectionSlot slot) {
        if (this.endpoint.isUnix()) {
            connect(connection, slot, this.resources.transport().unixAddress(this.endpoint));
            return;
        }
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(this.endpoint.host());
        if (literal != null) {
            connect(connection, slot, address(literal));
            return;
        }
        try {
            int attempt = slot.failures();
            this.resources.resolver().execute(() -> resolve(connection, slot, attempt));
        }
        catch (RejectedExecutionException ex) {
            connection.close(CloseCause.closed(server()));
        }
    }

    private void resolve(Connection connection, ConnectionSlot slot, int attempt) {
        Runnable next;
        try {
            InetAddress[] addresses = InetAddress.getAllByName(this.endpoint.host());
            // One address that is dead must not hide the others.
            byte[] address = addresses[attempt % addresses.length].getAddress();
            next = () -> connect(connection, slot, address(address));
        }
        catch (UnknownHostException ex) {
            next = () -> connection.close(CloseCause.of(Reason.UNKNOWN_HOST, server() + ": unknown host", ex));
        }
        try {
            slot.loop().execute(next);
        }
        catch (RejectedExecutionException ex) {
            // The loop has ended, and everything that waited for it has failed.
        }
    }

    private InetSocketAddress address(byte[] address) {
        try {
            // With the name, which the certificate of the server must have.
            return new InetSocketAddress(InetAddress.getByAddress(this.endpoint.host(), address), this.endpoint.port());
        }
        catch (UnknownHostException ex) {
            throw new IllegalStateException("address of " + address.length + " bytes", ex);
        }
    }

    private void connect(Connection connection, ConnectionSlot slot, SocketAddress remote) {
        if (connection.closeCause() != null) {
            return;
        }
        Transport transport = this.resources.transport();
        Bootstrap bootstrap = new Bootstrap().group(slot.loop())
            .channel(transport.channelType(this.endpoint))
            .option(ChannelOption.ALLOCATOR, this.resources.allocator())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) this.options.connectTimeout().toMillis())
            .handler(new ChannelInitializer<Channel>() {

                @Override
                protected void initChannel(Channel channel) throws SSLException {
                    addTls(channel);
                    channel.pipeline().addLast(connection);
                }

            });
        transport.tune(bootstrap, this.endpoint);
        ChannelFuture connecting = bootstrap.connect(remote);
        connecting.addListener((done) -> connected(connection, slot, connecting));
    }

    private void addTls(Channel channel) throws SSLException {
        TlsEngine tls = this.tls;
        if (tls != null) {
            long timeoutMillis = this.options.connectTimeout().toMillis();
            channel.pipeline().addLast(tls.newHandler(channel, this.endpoint, timeoutMillis));
        }
    }

    private void connected(Connection connection, ConnectionSlot slot, ChannelFuture connecting) {
        Throwable failure = connecting.cause();
        if (failure != null) {
            connection.close(cannotConnect(failure));
        }
        else if (connection.closeCause() != null) {
            connecting.channel().close();
        }
        else {
            connection.opened(connecting.channel());
            SslHandler tls = connecting.channel().pipeline().get(SslHandler.class);
            if (tls != null) {
                tls.handshakeFuture().addListener((handshake) -> handshaken(connection, slot, handshake.cause()));
            }
            else {
                greet(connection, slot);
            }
        }
    }

    private void handshaken(Connection connection, ConnectionSlot slot, @Nullable Throwable failure) {
        if (failure instanceof SslHandshakeTimeoutException) {
            connection.close(unanswered("there was no TLS handshake", failure));
        }
        else if (failure != null) {
            connection.close(CloseCause.of(Reason.TLS, server() + ": " + TlsEngine.describe(failure), failure));
        }
        else {
            greet(connection, slot);
        }
    }

    private CloseCause unanswered(String what, Throwable cause) {
        String message = server() + ": connected, but " + what + " within " + this.options.connectTimeout().toMillis()
                + " ms";
        return CloseCause.of(Reason.CONNECT_TIMEOUT, message, cause);
    }

    private CloseCause cannotConnect(Throwable failure) {
        if (failure instanceof ConnectTimeoutException) {
            String message = server() + ": cannot connect within " + this.options.connectTimeout().toMillis() + " ms";
            return CloseCause.of(Reason.CONNECT_TIMEOUT, message, failure);
        }
        return CloseCause.of(Reason.REFUSED, server() + ": cannot connect: " + failure.getMessage(), failure);
    }

    private void greet(Connection connection, ConnectionSlot slot) {
        this.protocol.greet(new GreetingLink(connection)).whenComplete((session, failure) -> {
            if (failure != null) {
                connection.close(cannotGreet(failure));
            }
            else if (connection.closeCause() == null) {
                slot.ready(connection, session);
            }
        });
    }

    private CloseCause cannotGreet(Throwable failure) {
        Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
        if (cause instanceof MemlinkConnectionException connectionFailure) {
            return CloseCause.of(connectionFailure.reason(), prefixed(connectionFailure), connectionFailure);
        }
        if (cause instanceof MemlinkTimeoutException timeout) {
            return unanswered("there was no answer", timeout);
        }
        return CloseCause.of(Reason.WRONG_PROTOCOL, server() + ": the greeting failed: " + cause, cause);
    }

    private String prefixed(MemlinkException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.startsWith(server()) ? message : server() + ": " + message;
    }

    String server() {
        return this.endpoint.toString();
    }

    Protocol protocol() {
        return this.protocol;
    }

    /**
     * What a greeting is sent down.
     *
     * @param connection the connection, open but not ready
     */
    private record GreetingLink(Connection connection) implements Link {

        @Override
        public <R> CompletableFuture<R> send(Request<R> request) {
            return this.connection.greet(request);
        }

    }

}
