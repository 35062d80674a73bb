package io.memlink.link.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Supplier;

import io.memlink.link.loop.DrivenLoops.Driving;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way to have the operating system move bytes. The native ways are used where their
 * library is on the class path and works; the JDK's always works. Immutable.
 * <p>
 * Each way is a class of its own, because its Netty classes may be absent.
 */
public abstract class Transport {

    /**
     * Names the transport to use; for those who have to find out whether a native one is
     * to blame.
     */
    static final String PROPERTY = "io.memlink.transport";

    /** A peer that has not answered probes for this long is gone. */
    static final int KEEPALIVE_IDLE_SECONDS = 13;

    static final int KEEPALIVE_INTERVAL_SECONDS = 13;

    static final int KEEPALIVE_PROBES = 3;

    /** A peer that has not acknowledged bytes for this long is gone. */
    static final int USER_TIMEOUT_MILLIS = 5000;

    private static final Logger logger = LoggerFactory.getLogger(Transport.class);

    private static final List<String> NAMES = List.of("io_uring", "epoll", "kqueue", "nio");

    /** Returns the best transport that works, or the one that the property names. */
    public static Transport choose() {
        String wanted = System.getProperty(PROPERTY, "");
        if (!wanted.isEmpty()) {
            return named(wanted);
        }
        for (String name : NAMES) {
            Transport transport = load(name);
            if (transport != null && transport.isAvailable()) {
                logger.debug("Using the transport {}", name);
                return transport;
            }
        }
        return new NioTransport();
    }

    /** Returns a transport by its name. */
    public static Transport named(String name) {
        Transport transport = NAMES.contains(name) ? load(name) : null;
        if (transport == null || !transport.isAvailable()) {
            String problem = !NAMES.contains(name) ? "" : ", which does not work here";
            throw new IllegalArgumentException(
                    PROPERTY + ": " + name + problem + " (expected: one of " + NAMES + " that works here)");
        }
        return transport;
    }

    private static @Nullable Transport load(String name) {
        Supplier<Transport> loader = switch (name) {
            case "io_uring" -> IoUringTransport::new;
            case "epoll" -> EpollTransport::new;
            case "kqueue" -> KQueueTransport::new;
            default -> NioTransport::new;
        };
        try {
            Transport transport = loader.get();
            transport.isAvailable();
            return transport;
        }
        catch (LinkageError ex) {
            // Its classes are not on the class path.
            return null;
        }
    }

    public abstract boolean isAvailable();

    public abstract IoHandlerFactory ioHandlerFactory();

    public abstract Class<? extends Channel> channelType(boolean unix);

    /**
     * Returns what callers may do that wait for replies: nothing, unless it is known that
     * events may be waited for in changing threads.
     */
    public Driving driving() {
        return Driving.NONE;
    }

    /** Returns the address of a Unix domain socket. */
    SocketAddress unixAddress(String path) {
        return new DomainSocketAddress(path);
    }

    /** Makes a connection notice early that its peer is gone. */
    public final void tune(Bootstrap bootstrap, boolean unix) {
        if (!unix) {
            bootstrap.option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true);
            tuneTcp(bootstrap);
        }
    }

    /** Has what a channel reads from now on read into a buffer that is used again. */
    public static void keepReadBuffer(Channel channel) {
        KeptReadBuffer.install(channel);
    }

    /**
     * Ends a connection at once, and with it what was written to it: the kernel resets it
     * instead of going on to deliver what has not arrived. An encrypted one says no
     * farewell either, since that would wait for what was written before.
     */
    public static void reset(Channel channel) {
        try {
            if (channel.remoteAddress() instanceof InetSocketAddress) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
            }
        }
        catch (RuntimeException ex) {
            // It is closed already.
        }
        ChannelHandlerContext encryption = channel.pipeline().context(SslHandler.class);
        if (encryption != null) {
            // From there outwards.
            encryption.close();
        }
        else {
            channel.close();
        }
    }

    abstract void tuneTcp(Bootstrap bootstrap);

}
