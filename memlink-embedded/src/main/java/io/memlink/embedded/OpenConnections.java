package io.memlink.embedded;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.Channel;

/**
 * The connections of a server. Safe for use by many threads.
 */
final class OpenConnections {

    private final Map<Channel, ClientConnection> connections = new ConcurrentHashMap<>();

    private final AtomicLong total = new AtomicLong();

    private final AtomicLong rejected = new AtomicLong();

    private final AtomicLong bytesReceived = new AtomicLong();

    private final AtomicLong bytesSent = new AtomicLong();

    private final FaultScript faults;

    private final RequestMemory memory;

    private volatile boolean frozen;

    OpenConnections(FaultScript faults, RequestMemory memory) {
        this.faults = faults;
        this.memory = memory;
    }

    ClientConnection add(Channel channel, String address) {
        ClientConnection connection = new ClientConnection(this.total.incrementAndGet(), address, channel, this.faults,
                this.memory);
        this.connections.put(channel, connection);
        if (this.frozen) {
            connection.freeze();
        }
        channel.closeFuture().addListener((closed) -> {
            this.connections.remove(channel);
            this.bytesReceived.addAndGet(connection.bytesReceived());
            this.bytesSent.addAndGet(connection.outlet().bytesSent());
        });
        return connection;
    }

    void reject() {
        this.rejected.incrementAndGet();
    }

    List<ClientConnection> all() {
        return this.connections.values().stream().sorted(Comparator.comparingLong(ClientConnection::id)).toList();
    }

    int count() {
        return this.connections.size();
    }

    long total() {
        return this.total.get();
    }

    long rejected() {
        return this.rejected.get();
    }

    // On the thread of the server, to which the counts of open connections belong.
    long bytesReceived() {
        return this.bytesReceived.get() + all().stream().mapToLong(ClientConnection::bytesReceived).sum();
    }

    long bytesSent() {
        return this.bytesSent.get() + all().stream().mapToLong((each) -> each.outlet().bytesSent()).sum();
    }

    void freeze(boolean freeze) {
        this.frozen = freeze;
        all().forEach(freeze ? ClientConnection::freeze : ClientConnection::thaw);
    }

    void close() {
        this.connections.keySet().forEach((channel) -> channel.close().awaitUninterruptibly());
    }

}
