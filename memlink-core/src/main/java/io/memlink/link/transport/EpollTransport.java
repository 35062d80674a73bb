package io.memlink.link.transport;

import io.memlink.link.loop.DrivenLoops.Driving;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;

/** Linux, with {@code netty-transport-native-epoll}. Immutable. */
final class EpollTransport extends Transport {

    @Override
    public boolean isAvailable() {
        return Epoll.isAvailable();
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return EpollIoHandler.newFactory();
    }

    @Override
    public Class<? extends Channel> channelType(boolean unix) {
        return unix ? EpollDomainSocketChannel.class : EpollSocketChannel.class;
    }

    /** Changes to what is waited for take effect at once. */
    @Override
    public Driving driving() {
        return Driving.CONCURRENT;
    }

    @Override
    void tuneTcp(Bootstrap bootstrap) {
        bootstrap.option(EpollChannelOption.TCP_USER_TIMEOUT, USER_TIMEOUT_MILLIS)
            .option(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS)
            .option(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS)
            .option(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
    }

}
