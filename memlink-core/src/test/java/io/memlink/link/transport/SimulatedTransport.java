package io.memlink.link.transport;

import java.util.Set;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;

/** A way to move bytes that has no operating system: events come as tasks of the loop. */
public final class SimulatedTransport extends Transport {

    private final Class<? extends Channel> channelType;

    public SimulatedTransport(Class<? extends Channel> channelType) {
        this.channelType = channelType;
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return (executor) -> new NoEvents();
    }

    @Override
    public Class<? extends Channel> channelType(boolean unix) {
        return this.channelType;
    }

    @Override
    void tuneTcp(Bootstrap bootstrap) {
        // The kernel that is simulated does what the options say.
    }

    /** Waits for nothing. */
    private static final class NoEvents implements IoHandler {

        @Override
        public int run(IoHandlerContext context) {
            return 0;
        }

        @Override
        public IoRegistration register(IoHandle handle) {
            throw new UnsupportedOperationException(Set.of(handle).toString());
        }

        @Override
        public void wakeup() {
            // Nobody sleeps.
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> type) {
            return false;
        }

    }

}
