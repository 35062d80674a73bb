package io.memlink.link;

import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.link.flow.BlockingQuestion;
import io.memlink.link.tls.TlsOptions;
import io.memlink.link.tls.engine.TlsEngine;
import io.memlink.link.tls.engine.TlsMaterials;
import io.memlink.link.transport.AddressLookup;
import io.memlink.link.transport.Transport;
import io.memlink.time.Backoff;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is the same for all dials of one server, and what their failures mean.
 * Immutable.
 */
final class Dialer {

    private static final Backoff BACKOFF = new Backoff(TimeUnit.MILLISECONDS.toNanos(50),
            TimeUnit.MILLISECONDS.toNanos(800));

    private static final Backoff SLOW_BACKOFF = new Backoff(TimeUnit.MILLISECONDS.toNanos(50),
            TimeUnit.SECONDS.toNanos(30));

    /** What only an operator can mend. */
    private static final Set<Reason> SLOW = EnumSet.of(Reason.TLS, Reason.AUTHENTICATION, Reason.UNKNOWN_HOST,
            Reason.WRONG_PROTOCOL, Reason.OLD_SERVER);

    private final Endpoint endpoint;

    private final Protocol protocol;

    private final LinkOptions options;

    private final LinkResources resources;

    private final AddressLookup lookup;

    private final BlockingQuestion<AddressLookup> names;

    private final TlsEngine tls;

    private final @Nullable TlsMaterials materials;

    Dialer(Endpoint endpoint, Protocol protocol, LinkOptions options, LinkResources resources) {
        this.endpoint = endpoint;
        this.protocol = protocol;
        this.options = options;
        this.resources = resources;
        this.lookup = new AddressLookup(endpoint.host(), endpoint.port(), resources.transport(), resources.names());
        this.names = new BlockingQuestion<>(resources.resolver(), this::lookUp);
        this.tls = new TlsEngine(endpoint.host(), endpoint.port(), options.handshakeTimeout());
        Supplier<TlsOptions> tls = options.tls();
        this.materials = (tls != null) ? resources.tlsMaterials(tls) : null;
    }

    private AddressLookup lookUp() throws UnknownHostException {
        this.lookup.lookUp();
        return this.lookup;
    }

    /** Returns what tells the slot when a connection is greeted, or why it was closed. */
    Dial dial(Connection connection, ConnectionSlot slot) {
        return new Dial(this, connection, slot);
    }

    Bootstrap bootstrap(EventLoop loop) {
        Transport transport = this.resources.transport();
        Bootstrap bootstrap = new Bootstrap().group(loop)
            .channel(transport.channelType(this.endpoint.isUnix()))
            .option(ChannelOption.ALLOCATOR, this.resources.allocator())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) this.options.connectTimeout().toMillis())
            // What has lost the race is not read from.
            .option(ChannelOption.AUTO_READ, false)
            .handler(new NoHandler());
        transport.tune(bootstrap, this.endpoint.isUnix());
        return bootstrap;
    }

    AddressLookup lookup() {
        return this.lookup;
    }

    /** Has the name looked up, once at a time for all connections to this server. */
    BlockingQuestion<AddressLookup> names() {
        return this.names;
    }

    TlsEngine tls() {
        return this.tls;
    }

    /** Returns what to encrypt with; {@code null} where nothing is encrypted. */
    @Nullable TlsMaterials materials() {
        return this.materials;
    }

    LinkResources resources() {
        return this.resources;
    }

    LinkOptions options() {
        return this.options;
    }

    Protocol protocol() {
        return this.protocol;
    }

    String server() {
        return this.endpoint.toString();
    }

    /** Returns how long to wait before the next dial, after one that failed like that. */
    static Backoff backoff(@Nullable Reason reason) {
        return (reason != null && SLOW.contains(reason)) ? SLOW_BACKOFF : BACKOFF;
    }

    CloseCause cannotConnect(Throwable failure) {
        if (failure instanceof ConnectTimeoutException) {
            String message = server() + ": cannot connect within " + this.options.connectTimeout().toMillis() + " ms";
            return CloseCause.of(Reason.CONNECT_TIMEOUT, message, failure);
        }
        // Netty names the address once more, which tells something only behind a name.
        String why = String.valueOf(failure.getMessage()).replaceFirst(": [^ /]*/" + Pattern.quote(server()) + "$", "");
        return CloseCause.of(Reason.REFUSED, server() + ": cannot connect: " + why, failure);
    }

    /** Returns what it means that a dial does not end by itself. */
    CloseCause endless(long millis) {
        return CloseCause.of(Reason.CONNECT_TIMEOUT, server() + ": not connected and greeted within " + millis + " ms",
                null);
    }

    CloseCause cannotGreet(Throwable failure) {
        if (failure instanceof MemlinkConnectionException connectionFailure) {
            return CloseCause.of(connectionFailure.reason(), prefixed(connectionFailure), connectionFailure);
        }
        if (failure instanceof MemlinkTimeoutException) {
            String hint = (this.materials == null) ? "; it is overloaded or stopped, or this port speaks TLS" : "";
            String message = server() + ": connected, but there was no answer within "
                    + this.options.connectTimeout().toMillis() + " ms" + hint;
            return CloseCause.of(Reason.CONNECT_TIMEOUT, message, failure);
        }
        if (failure instanceof Error || failure instanceof MemlinkOverloadedException) {
            // Not the server's fault.
            return CloseCause.of(Reason.LOST, server() + ": the greeting failed: " + failure, failure);
        }
        return CloseCause.of(Reason.WRONG_PROTOCOL, server() + ": the greeting failed: " + failure, failure);
    }

    private String prefixed(MemlinkException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.startsWith(server()) ? message : server() + ": " + message;
    }

    /** Handlers are added to the connection that wins the race. */
    private static final class NoHandler extends ChannelInitializer<Channel> {

        @Override
        protected void initChannel(Channel channel) {
            // Nothing is read from it yet.
        }

    }

}
