package io.memlink.link.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueDomainSocketChannel;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueSocketChannel;

/** macOS and BSD, with {@code netty-transport-native-kqueue}. Immutable. */
final class KQueueTransport extends Transport {

    @Override
    public boolean isAvailable() {
        return KQueue.isAvailable();
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return KQueueIoHandler.newFactory();
    }

    @Override
    public Class<? extends Channel> channelType(boolean unix) {
        return unix ? KQueueDomainSocketChannel.class : KQueueSocketChannel.class;
    }

    @Override
    void tuneTcp(Bootstrap bootstrap) {
        // The options of Linux are not to be had here.
    }

}
