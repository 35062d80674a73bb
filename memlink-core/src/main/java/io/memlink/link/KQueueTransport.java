package io.memlink.link;

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
    boolean isAvailable() {
        return KQueue.isAvailable();
    }

    @Override
    IoHandlerFactory ioHandlerFactory() {
        return KQueueIoHandler.newFactory();
    }

    @Override
    Class<? extends Channel> channelType(Endpoint endpoint) {
        return endpoint.isUnix() ? KQueueDomainSocketChannel.class : KQueueSocketChannel.class;
    }

    @Override
    void tuneTcp(Bootstrap bootstrap) {
        // The options of Linux are not to be had here.
    }

}
