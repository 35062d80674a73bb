package io.memlink.link.transport;

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
    public boolean isAvailable() {
        return IoUring.isAvailable();
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return IoUringIoHandler.newFactory();
    }

    @Override
    public Class<? extends Channel> channelType(boolean unix) {
        return unix ? IoUringDomainSocketChannel.class : IoUringSocketChannel.class;
    }

    @Override
    void tuneTcp(Bootstrap bootstrap) {
        bootstrap.option(IoUringChannelOption.TCP_USER_TIMEOUT, USER_TIMEOUT_MILLIS)
            .option(IoUringChannelOption.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS)
            .option(IoUringChannelOption.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS)
            .option(IoUringChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
    }

}
