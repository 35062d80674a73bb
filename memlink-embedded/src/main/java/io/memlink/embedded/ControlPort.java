package io.memlink.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port on which a server is told what to do, a line of text at a time. On the
 * loopback address only. Has a thread of its own, because what it asks for is done by
 * that of the server. Owned by the server.
 */
final class ControlPort {

    private static final Logger logger = LoggerFactory.getLogger(ControlPort.class);

    private static final int LONGEST_LINE = 8192;

    private final Channel listener;

    private final EventLoopGroup thread;

    private ControlPort(Channel listener, EventLoopGroup thread) {
        this.listener = listener;
        this.thread = thread;
    }

    static ControlPort open(int port, EmbeddedMemcached server) {
        EventLoopGroup thread = new LastingEventLoopGroup("memlink-embedded-control");
        ControlCommands commands = new ControlCommands(server);
        ChannelFuture bound = new ServerBootstrap().group(thread)
            .channel(NioServerSocketChannel.class)
            .childHandler(new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    channel.pipeline()
                        .addLast(new LineBasedFrameDecoder(LONGEST_LINE), new StringDecoder(StandardCharsets.UTF_8),
                                new StringEncoder(StandardCharsets.UTF_8), new Lines(commands));
                }
            })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            thread.shutdownGracefully();
            throw new IllegalStateException("controlPort: " + port + " (expected: free)", bound.cause());
        }
        return new ControlPort(bound.channel(), thread);
    }

    int port() {
        return ((InetSocketAddress) this.listener.localAddress()).getPort();
    }

    Future<?> close() {
        this.listener.close();
        return this.thread.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    // Netty leaves the file of a Unix socket behind.
    static void deleteSocketFile(@Nullable Path path) {
        try {
            if (path != null) {
                Files.deleteIfExists(path);
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Answers lines, and, of HTTP, a GET or POST whose path is a line with slashes for
     * spaces.
     */
    private static final class Lines extends SimpleChannelInboundHandler<String> {

        private final ControlCommands commands;

        private @Nullable String http;

        Lines(ControlCommands commands) {
            this.commands = commands;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, String line) {
            if (this.http != null) {
                // The rest of the head.
                if (line.isEmpty()) {
                    answerHttp(context, this.http);
                }
            }
            else if (line.endsWith(" HTTP/1.1") || line.endsWith(" HTTP/1.0")) {
                this.http = line.split(" ")[1];
            }
            else if (line.trim().equals("quit")) {
                context.close();
            }
            else {
                context.writeAndFlush(this.commands.execute(line));
            }
        }

        private void answerHttp(ChannelHandlerContext context, String path) {
            String body = this.commands.executePath(path);
            String status = body.startsWith("ERROR") ? "400 Bad Request" : "200 OK";
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            context
                .writeAndFlush("HTTP/1.1 " + status + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                        + length + "\r\nConnection: close\r\n\r\n" + body)
                .addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            logger.debug("A connection to the control port failed", cause);
            if (cause instanceof TooLongFrameException) {
                context
                    .writeAndFlush(
                            ControlCommands.error("line: too long (expected: " + LONGEST_LINE + " bytes at most)"))
                    .addListener(ChannelFutureListener.CLOSE);
            }
            else {
                context.close();
            }
        }

    }

}
