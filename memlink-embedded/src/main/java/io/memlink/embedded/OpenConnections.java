package io.memlink.embedded;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.Channel;

/**
 * The connections of a server. Safe for use by many threads.
 */
final class OpenConnections {

    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

    private final AtomicLong total = new AtomicLong();

    void add(Channel channel) {
        this.total.incrementAndGet();
        this.channels.add(channel);
        channel.closeFuture().addListener((closed) -> this.channels.remove(channel));
    }

    int count() {
        return this.channels.size();
    }

    long total() {
        return this.total.get();
    }

    void close() {
        this.channels.forEach((channel) -> channel.close().awaitUninterruptibly());
    }

}
