package io.memlink.embedded;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the sockets of a server and takes in those who come. Confined to its settings;
 * used by one thread at a time.
 */
final class Listeners {

    private static final Logger logger = LoggerFactory.getLogger(Listeners.class);

    private final EmbeddedMemcachedBuilder settings;

    private final EventLoopGroup eventLoop;

    private final OpenConnections connections;

    private final Function<ClientConnection, Connection> handlers;

    private final AtomicBoolean fullReported = new AtomicBoolean();

    Listeners(EmbeddedMemcachedBuilder settings, EventLoopGroup eventLoop, OpenConnections connections,
            Function<ClientConnection, Connection> handlers) {
        this.settings = settings;
        this.eventLoop = eventLoop;
        this.connections = connections;
        this.handlers = handlers;
    }

    /**
     * Opens the sockets: one for TCP and, if wanted, the one of a file.
     */
    List<Channel> open(int port) {
        Channel tcp = listen(NioServerSocketChannel.class, new InetSocketAddress(this.settings.address(), port),
                "port: " + port);
        Path path = this.settings.unixSocket();
        if (path == null) {
            return List.of(tcp);
        }
        try {
            return List.of(tcp, listen(NioServerDomainSocketChannel.class, UnixDomainSocketAddress.of(path),
                    "unixSocket: " + path));
        }
        catch (IllegalStateException ex) {
            tcp.close().awaitUninterruptibly();
            throw ex;
        }
    }

    private Channel listen(Class<? extends ServerChannel> type, SocketAddress address, String name) {
        boolean tcp = address instanceof InetSocketAddress;
        ServerBootstrap bootstrap = new ServerBootstrap().group(this.eventLoop)
            .channel(type)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(Connection.READ_BYTES))
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, PacedOutput.WATER_MARK)
            .childHandler(new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    accept(channel);
                }
            });
        if (tcp) {
            bootstrap.option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, EmbeddedMemcachedBuilder.DEFAULT_MAX_CONNECTIONS)
                .childOption(ChannelOption.TCP_NODELAY, true)
                // Netty knows this of no other sockets.
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException(name + " (expected: free)", bound.cause());
        }
        return bound.channel();
    }

    private void accept(Channel channel) {
        if (this.connections.count() >= this.settings.maxConnections()) {
            this.connections.reject();
            if (this.fullReported.compareAndSet(false, true)) {
                logger.warn("Further connections are refused while there are {}", this.settings.maxConnections());
            }
            // Not even TLS comes before this line on a real server.
            channel
                .writeAndFlush(Unpooled.copiedBuffer("ERROR Too many open connections\r\n", StandardCharsets.US_ASCII))
                .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        ClientConnection connection = this.connections.add(channel, text(channel.remoteAddress()));
        SSLContext tls = this.settings.tls();
        if (tls != null) {
            SSLEngine engine = tls.createSSLEngine();
            engine.setUseClientMode(false);
            engine.setNeedClientAuth(this.settings.clientCertificates());
            channel.pipeline().addLast(new SslHandler(engine));
        }
        channel.pipeline().addLast(this.handlers.apply(connection));
        logger.debug("Connection {} opened", connection);
    }

    static String text(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            String host = inet.getAddress().getHostAddress();
            return "tcp:" + (host.contains(":") ? "[" + host + "]" : host) + ":" + inet.getPort();
        }
        return "unix:" + address;
    }

}
