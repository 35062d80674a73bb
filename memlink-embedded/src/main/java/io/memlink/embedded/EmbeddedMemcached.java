package io.memlink.embedded;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.memlink.embedded.admin.AdminCommands;
import io.memlink.embedded.binary.BinaryInterpreter;
import io.memlink.embedded.command.CommandInterpreter;
import io.memlink.embedded.command.LineInterpreter;
import io.memlink.embedded.command.LoginInterpreter;
import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
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

    // A server may hold half of the heap in items, whatever memory it was promised, and
    // as much in requests and replies; but no more than two thirds in both.
    private static final long HALF_OF_HEAP = Runtime.getRuntime().maxMemory() / 2;

    private static final long MOST_OF_HEAP = Runtime.getRuntime().maxMemory() / 3 * 2;

    private final EventLoopGroup eventLoop = new LastingEventLoopGroup("memlink-embedded");

    private final FaultScript faults = new FaultScript();

    private final RequestCounts requests = new RequestCounts();

    private final RequestMemory memory = new RequestMemory(HALF_OF_HEAP, this::makeRoom);

    private final OpenConnections connections = new OpenConnections(this.faults, this.memory);

    private final AtomicBoolean closing = new AtomicBoolean();

    private final CountDownLatch closed = new CountDownLatch(1);

    private final Store store;

    private final CommandInterpreter commands;

    private final EmbeddedMemcachedBuilder settings;

    private final MovableClock clock;

    private final ServerTime time;

    private final Listeners listeners;

    private final InetSocketAddress address;

    private final @Nullable ControlPort control;

    private volatile List<Channel> open;

    EmbeddedMemcached(EmbeddedMemcachedBuilder settings) {
        this.settings = settings;
        this.clock = new MovableClock(settings.clock());
        this.time = new ServerTime(this.clock);
        this.store = new Store(this.time, new Store.Limits(settings.maxBytes(), settings.maxItemBytes(), HALF_OF_HEAP),
                settings.firstCas(), settings.release().failuresUseCasIds());
        this.commands = new CommandInterpreter(this.store, this.time, settings.release());
        this.listeners = new Listeners(settings, this.eventLoop, this.connections, this::newConnection);
        this.open = openOrShutDown(() -> this.listeners.open(settings.port()));
        this.address = (InetSocketAddress) this.open.get(0).localAddress();
        Facts facts = new Facts(settings, this.address, this.connections, this::closeLater);
        AdminCommands.addTo(this.commands, this.store, this.time, facts, settings.release());
        Integer controlPort = settings.controlPort();
        this.control = (controlPort != null) ? openOrShutDown(() -> ControlPort.open(controlPort, this)) : null;
        logger.debug("Embedded memcached listens on {}", this.address);
    }

    private <T> T openOrShutDown(Callable<T> opening) {
        try {
            return opening.call();
        }
        catch (Exception ex) {
            this.eventLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            this.closed.countDown();
            throw (ex instanceof IllegalStateException state) ? state : new IllegalStateException(ex);
        }
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

    private Connection newConnection(ClientConnection client) {
        Map<String, String> users = this.settings.users();
        LineInterpreter interpreter = users.isEmpty() ? this.commands
                : new LoginInterpreter(this.commands, users, this.settings.release());
        BinaryInterpreter binary = users.isEmpty() ? new BinaryInterpreter(this.commands, this.store, this.time) : null;
        return new Connection(this.commands, interpreter, binary, client, this.requests, this.memory);
    }

    // Items give way to requests and replies.
    private void makeRoom(long taken) {
        this.store.limitHeap(Math.min(HALF_OF_HEAP, MOST_OF_HEAP - taken));
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
     * Returns the port on which it can be told what to do.
     * @return the port, 0 if there is none
     * @see EmbeddedMemcachedBuilder#controlPort(int)
     */
    public int controlPort() {
        return (this.control != null) ? this.control.port() : 0;
    }

    /**
     * Returns what goes wrong next.
     * @return the script, empty at first
     */
    public FaultScript faults() {
        return this.faults;
    }

    boolean knows(String command) {
        return this.commands.knows(command);
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
     * Returns the open connections.
     * @return the connections in the order in which they were accepted
     */
    public List<ClientConnection> connections() {
        return this.connections.all();
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
     * Returns what is stored under a key. This is no use of it, and not counted.
     * @param key the key, in UTF-8; of a key in base64, its decoded bytes
     * @return the item, or nothing if a client would not find it either
     */
    public Optional<StoredItem> item(String key) {
        Item.Key bytes = new Item.Key(key.getBytes(StandardCharsets.UTF_8));
        return call(
                () -> Optional.ofNullable(this.store.find(bytes)).map((item) -> new StoredItem(item, this.time.now())));
    }

    /**
     * Returns everything that is stored.
     * @return the items that a client would find, in no order
     */
    public List<StoredItem> items() {
        return call(() -> this.store.items().stream().map((item) -> new StoredItem(item, this.time.now())).toList());
    }

    /**
     * Returns how many items were dropped to make room for others.
     * @return the number of items
     */
    public long evictions() {
        return call(this.store::evictions);
    }

    /**
     * Returns the memory that the items take, counted as a real server counts it.
     * @return the number of bytes
     */
    public long storedBytes() {
        return call(this.store::bytes);
    }

    /**
     * Drops all items at once, in between two requests.
     */
    public void clear() {
        run(this.store::clear);
    }

    /**
     * Lets time pass for the items of this server and for nothing else.
     * @param time how much, not negative, and no more than a thousand years in all
     */
    public void advanceTime(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time: " + time + " (expected: not negative)");
        }
        this.clock.advance(time);
    }

    /**
     * Changes the memory for items. What does not fit any more is evicted.
     * @param maxBytes the memory in bytes, positive
     */
    public void limitMemory(long maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + " (expected: a positive number)");
        }
        run(() -> this.store.limitMemory(maxBytes));
    }

    /**
     * Makes every store fail like on a server that has no memory and must not evict, or
     * ends that.
     * @param outOfMemory whether stores fail
     */
    public void outOfMemory(boolean outOfMemory) {
        run(() -> this.store.outOfMemory(outOfMemory));
    }

    /**
     * Stands still: connections are accepted by the system and stay open, and nothing is
     * read or answered until {@link #thaw()}.
     */
    public void freeze() {
        run(() -> this.connections.freeze(true));
    }

    /**
     * Goes on after {@link #freeze()}, with what was received meanwhile.
     */
    public void thaw() {
        run(() -> this.connections.freeze(false));
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
        this.open.forEach((listener) -> await(listener.close()));
        // The system goes on accepting until the event loop has selected once more.
        await(this.eventLoop.schedule(() -> {
        }, 1, TimeUnit.MILLISECONDS));
        ControlPort.deleteSocketFile(this.settings.unixSocket());
    }

    /**
     * Listens again on the same port, after {@link #stopAccepting()}.
     * @throws IllegalStateException if the port was taken meanwhile; it can be tried
     * again
     */
    public void resumeAccepting() {
        if (!this.open.get(0).isOpen()) {
            this.open = this.listeners.open(port());
        }
    }

    /**
     * Makes the server what it was when it started: it listens and answers, has its
     * memory, its time, its settings, no faults and no items, and has counted nothing.
     * Its connections stay open; replies that faults hold back on them are sent.
     * @throws IllegalStateException if it is closed, or does not accept connections and
     * its port was taken meanwhile
     */
    public void reset() {
        if (this.closing.get()) {
            throw new IllegalStateException("server: closed, on port " + port()
                    + " (expected: to be left open by the test that used it before)");
        }
        this.faults.clear();
        connections().forEach((connection) -> connection.faults().clear());
        this.clock.reset();
        thaw();
        run(() -> connections().forEach((connection) -> connection.outlet().letGo()));
        run(this.store::reset);
        run(this.commands::reset);
        forgetRequests();
        resumeAccepting();
    }

    /**
     * Begins to count requests anew.
     */
    public void forgetRequests() {
        run(this.requests::reset);
    }

    /**
     * Waits until the server is closed, by {@link #close()} or by a client where that is
     * allowed.
     * @throws InterruptedException if the wait is interrupted
     */
    public void awaitClose() throws InterruptedException {
        this.closed.await();
    }

    /**
     * Stops the server and closes its connections. Does nothing the second time, and does
     * not wait then for who closes it already.
     */
    @Override
    public void close() {
        if (!this.closing.compareAndSet(false, true)) {
            return;
        }
        stopAccepting();
        if (this.control != null) {
            await(this.control.close());
        }
        closeConnections();
        await(this.eventLoop.shutdownGracefully(0, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS));
        logger.debug("Embedded memcached on {} is closed", this.address);
        this.closed.countDown();
    }

    // A client's shutdown arrives on the thread that has to end.
    private void closeLater() {
        Thread closing = new Thread(this::close, "memlink-embedded-shutdown");
        closing.setDaemon(true);
        closing.start();
    }

    private void run(Runnable action) {
        call(() -> {
            action.run();
            return true;
        });
    }

    private <T> T call(Callable<T> action) {
        Future<T> result = this.eventLoop.submit(action);
        await(result);
        if (!result.isSuccess()) {
            throw new IllegalStateException(result.cause());
        }
        return result.getNow();
    }

    private static void await(Future<?> future) {
        if (!future.awaitUninterruptibly(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The thread of the embedded memcached does not answer");
        }
    }

}
