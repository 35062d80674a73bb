package io.memlink.embedded;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

import io.memlink.embedded.command.CommandInterpreter;
import io.memlink.embedded.command.CommandInterpreter.ServerFacts;
import io.memlink.embedded.command.LineInterpreter;
import io.memlink.embedded.command.LoginInterpreter;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A memcached inside this process, reached through a real socket on the loopback address.
 * Safe for use by many threads; everything clients ask for happens on one thread of its
 * own. Owns that thread and its sockets until {@link #close()}.
 *
 * @since 0.1.0
 */
public final class EmbeddedMemcached implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(EmbeddedMemcached.class);

    private static final long CLOSE_TIMEOUT_SECONDS = 10;

    private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1,
            new DefaultThreadFactory("memlink-embedded", true), NioIoHandler.newFactory());

    private final FaultScript faults = new FaultScript();

    private final RequestCounts requests = new RequestCounts();

    private final OpenConnections connections = new OpenConnections();

    private final Store store;

    private final CommandInterpreter commands;

    private final EmbeddedMemcachedBuilder settings;

    private final InetSocketAddress address;

    private volatile Channel listener;

    EmbeddedMemcached(EmbeddedMemcachedBuilder settings) {
        this.settings = settings;
        ServerTime time = new ServerTime(settings.clock());
        this.store = new Store(time, settings.maxBytes(), settings.maxItemBytes(), settings.firstCas());
        this.commands = new CommandInterpreter(this.store, time, new ServerFacts(settings.version(),
                this.connections::count, this.connections::total, settings.username() != null));
        this.listener = listen(settings.port());
        this.address = (InetSocketAddress) this.listener.localAddress();
        logger.debug("Embedded memcached listens on {}", this.address);
    }

    /**
     * Prepares a server.
     * @return a builder with the defaults
     */
    public static EmbeddedMemcachedBuilder builder() {
        return new EmbeddedMemcachedBuilder();
    }

    /**
     * Starts a server with the defaults on a free port.
     * @return the running server, which the caller closes
     */
    public static EmbeddedMemcached start() {
        return builder().start();
    }

    private Channel listen(int port) {
        ServerBootstrap bootstrap = new ServerBootstrap().group(this.eventLoop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    EmbeddedMemcached.this.connections.add(channel);
                    channel.pipeline().addLast(newConnection());
                }
            });
        ChannelFuture bound = bootstrap.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            this.eventLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IllegalStateException("port: " + port + " (expected: free)", bound.cause());
        }
        return bound.channel();
    }

    private Connection newConnection() {
        String username = this.settings.username();
        String password = this.settings.password();
        LineInterpreter interpreter = (username != null && password != null)
                ? new LoginInterpreter(this.commands, username, password) : this.commands;
        return new Connection(this.commands, interpreter, this.faults, this.requests);
    }

    /**
     * Returns where the server listens.
     * @return the address, with the real port
     */
    public InetSocketAddress address() {
        return this.address;
    }

    /**
     * Returns the port on which the server listens.
     * @return the port
     */
    public int port() {
        return this.address.getPort();
    }

    /**
     * Returns what goes wrong next.
     * @return the script, empty at first
     */
    public FaultScript faults() {
        return this.faults;
    }

    /**
     * Returns how many requests came for a command, those included that were answered
     * with an error.
     * @param command the name, for example {@code mg}
     * @return the number of requests
     */
    public long requests(String command) {
        return this.requests.of(command);
    }

    /**
     * Returns how many requests came, unknown commands included.
     * @return the number of requests
     */
    public long requests() {
        return this.requests.total();
    }

    /**
     * Returns how many connections are open.
     * @return the number of connections
     */
    public int openConnections() {
        return this.connections.count();
    }

    /**
     * Returns how many connections were ever accepted.
     * @return the number of connections
     */
    public long totalConnections() {
        return this.connections.total();
    }

    /**
     * Drops all items at once, in between two requests.
     */
    public void clear() {
        await(this.eventLoop.submit(() -> this.store.flush(ServerTime.NEVER)));
    }

    /**
     * Closes the connections that are open now. New ones are accepted.
     */
    public void closeConnections() {
        this.connections.close();
    }

    /**
     * Stops listening: further connects are refused, open connections live on.
     */
    public void stopAccepting() {
        await(this.listener.close());
        // The system goes on accepting until the event loop has selected once more.
        await(this.eventLoop.schedule(() -> {
        }, 1, TimeUnit.MILLISECONDS));
    }

    /**
     * Listens again on the same port, after {@link #stopAccepting()}.
     * @throws IllegalStateException if the port was taken meanwhile; the server is closed
     * then
     */
    public void resumeAccepting() {
        if (!this.listener.isOpen()) {
            this.listener = listen(port());
        }
    }

    /**
     * Stops the server and closes its connections. Does nothing the second time.
     */
    @Override
    public void close() {
        if (this.eventLoop.isShuttingDown()) {
            return;
        }
        stopAccepting();
        closeConnections();
        await(this.eventLoop.shutdownGracefully(0, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS));
    }

    private static void await(Future<?> future) {
        if (!future.awaitUninterruptibly(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The thread of the embedded memcached does not answer");
        }
    }

}
