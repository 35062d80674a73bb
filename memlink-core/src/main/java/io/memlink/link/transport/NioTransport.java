package io.memlink.link.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Set;

import io.memlink.link.loop.DrivenLoops.Driving;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import jdk.net.ExtendedSocketOptions;

/** The JDK's own way. Immutable. */
final class NioTransport extends Transport {

    private static final Set<SocketOption<?>> SUPPORTED = supported();

    private static Set<SocketOption<?>> supported() {
        try (SocketChannel channel = SocketChannel.open()) {
            return channel.supportedOptions();
        }
        catch (IOException ex) {
            return Set.of();
        }
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return NioIoHandler.newFactory();
    }

    @Override
    public Class<? extends Channel> channelType(boolean unix) {
        return unix ? NioDomainSocketChannel.class : NioSocketChannel.class;
    }

    @Override
    SocketAddress unixAddress(String path) {
        return UnixDomainSocketAddress.of(path);
    }

    /** What is changed while a selector waits takes effect when it waits again. */
    @Override
    public Driving driving() {
        return Driving.ALTERNATING;
    }

    @Override
    void tuneTcp(Bootstrap bootstrap) {
        tune(bootstrap, ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS);
        tune(bootstrap, ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVE_INTERVAL_SECONDS);
        tune(bootstrap, ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVE_PROBES);
    }

    private static void tune(Bootstrap bootstrap, SocketOption<Integer> option, int value) {
        if (SUPPORTED.contains(option)) {
            bootstrap.option(NioChannelOption.of(option), value);
        }
    }

}
