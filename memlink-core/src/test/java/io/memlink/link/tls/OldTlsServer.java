package io.memlink.link.tls;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;

/**
 * A server that speaks no TLS newer than 1.1, which neither the JDK nor memcached does
 * any more.
 */
final class OldTlsServer implements AutoCloseable {

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    private final AtomicInteger handshakes = new AtomicInteger();

    private final Channel channel;

    OldTlsServer(X509Bundle certificate) throws Exception {
        SslContext context = old(SslContextBuilder.forServer(certificate.toKeyManagerFactory()));
        this.channel = new ServerBootstrap().group(this.group)
            .channel(NioServerSocketChannel.class)
            .childHandler(initializer(context))
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    }

    private static SslContext old(SslContextBuilder context) throws Exception {
        return context.sslProvider(SslProvider.OPENSSL)
            .protocols("TLSv1.1")
            .endpointIdentificationAlgorithm("")
            .build();
    }

    private ChannelHandler initializer(SslContext context) {
        return new ChannelInitializer<Channel>() {

            @Override
            protected void initChannel(Channel channel) {
                SslHandler handler = context.newHandler(channel.alloc());
                channel.pipeline().addLast(handler);
                handler.handshakeFuture().addListener((handshake) -> {
                    if (handshake.isSuccess()) {
                        OldTlsServer.this.handshakes.incrementAndGet();
                    }
                });
            }

        };
    }

    int port() {
        return ((InetSocketAddress) this.channel.localAddress()).getPort();
    }

    /** Returns how many clients agreed to the old version. */
    int handshakes() {
        return this.handshakes.get();
    }

    boolean speaksWithOldClients(X509Bundle authority) throws Exception {
        SslContext context = old(SslContextBuilder.forClient().trustManager(authority.toTrustManagerFactory()));
        Channel client = new Bootstrap().group(this.group)
            .channel(NioSocketChannel.class)
            .handler(new ChannelInitializer<Channel>() {

                @Override
                protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(context.newHandler(channel.alloc()));
                }

            })
            .connect(this.channel.localAddress())
            .sync()
            .channel();
        boolean agreed = client.pipeline().get(SslHandler.class).handshakeFuture().await().isSuccess();
        client.close().sync();
        return agreed;
    }

    @Override
    public void close() {
        this.group.shutdownGracefully().syncUninterruptibly();
    }

}
