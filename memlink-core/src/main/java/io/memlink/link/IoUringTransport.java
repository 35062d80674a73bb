package io.memlink.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;

/** Linux of this decade, with {@code netty-transport-native-io_uring}. Immutable. */
final class IoUringTransport extends Transport {

    @Override
    boolean isAvailable() {
        return IoUring.isAvailable();
    }

    @Override
    IoHandlerFactory ioHandlerFactory() {
        return IoUringIoHandler.newFactory();
    }

    @Override
    Class<? extends Channel> channelType(Endpoint endpoint) {
        return endpoint.isUnix() ? IoUringDomainSocketChannel.class : IoUringSocketChannel.class;
    }

    @Override
    void tuneTcp(Bootstrap bootstrap) {
        bootstrap.option(IoUringChannelOption.TCP_USER_TIMEOUT, USER_TIMEOUT_MILLIS)
            .option(IoUringChannelOption.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS)
            .option(IoUringChannelOption.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS)
            .option(IoUringChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
    }

}
