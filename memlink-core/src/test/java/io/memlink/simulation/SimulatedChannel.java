package io.memlink.simulation;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/** The client's end of a connection, for Netty. Confined to the event loop. */
public final class SimulatedChannel extends AbstractChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private static final int MOST_READS = 16;

    private final Options options = new Options();

    private final Deque<byte[]> received = new ArrayDeque<>();

    private @Nullable Wire wire;

    private @Nullable InetSocketAddress remote;

    private @Nullable ChannelPromise connecting;

    private boolean open = true;

    private boolean reading;

    private boolean delivering;

    private boolean atEnd;

    /** Made by Netty. */
    public SimulatedChannel() {
        super(null);
    }

    private HostTicker host() {
        return (HostTicker) eventLoop().ticker();
    }

    boolean isConnecting() {
        return this.connecting != null;
    }

    // What the network tells

    void connected(Wire wire) {
        ChannelPromise connecting = this.connecting;
        if (connecting == null || !this.open) {
            wire.closedByClient(true);
            return;
        }
        this.connecting = null;
        this.wire = wire;
        if (connecting.trySuccess()) {
            pipeline().fireChannelActive();
        }
        else {
            unsafe().close(voidPromise());
        }
    }

    void refused(Throwable failure) {
        ChannelPromise connecting = this.connecting;
        this.connecting = null;
        if (connecting != null) {
            connecting.tryFailure(failure);
        }
        unsafe().close(voidPromise());
    }

    void received(byte[] bytes) {
        this.received.add(bytes);
        deliver();
    }

    void ended() {
        this.atEnd = true;
        deliver();
    }

    void failed(Throwable failure) {
        if (this.open) {
            pipeline().fireExceptionCaught(failure);
            unsafe().close(voidPromise());
        }
    }

    void writable() {
        if (this.open) {
            unsafe().flush();
        }
    }

    private void deliver() {
        if (this.delivering) {
            return;
        }
        this.delivering = true;
        try {
            while (this.open && this.reading && !this.received.isEmpty()) {
                this.reading = false;
                for (int i = 0; i < MOST_READS && this.open && !this.received.isEmpty(); i++) {
                    byte[] bytes = this.received.remove();
                    ByteBuf buffer = host().network().heap(host().client()).buffer(config().getAllocator(), bytes);
                    pipeline().fireChannelRead(buffer);
                    if (Heap.hasFailed(buffer) && this.open) {
                        // The rest of what was being read can be the end of anything.
                        host().network()
                            .broken("client " + host().client() + ": a connection to " + this.remote
                                    + " goes on, though what it has read was thrown away by an error");
                    }
                }
                pipeline().fireChannelReadComplete();
            }
        }
        finally {
            this.delivering = false;
        }
        if (this.open && this.reading && this.atEnd && this.received.isEmpty()) {
            unsafe().close(voidPromise());
        }
    }

    // What Netty asks

    @Override
    protected void doBeginRead() {
        this.reading = true;
        if (!this.delivering && (!this.received.isEmpty() || this.atEnd)) {
            eventLoop().execute(this::deliver);
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) {
        Wire wire = this.wire;
        while (wire != null && out.current() instanceof ByteBuf buffer) {
            int count = Math.min(buffer.readableBytes(), wire.room());
            if (count == 0 && buffer.isReadable()) {
                return;
            }
            byte[] bytes = new byte[count];
            buffer.getBytes(buffer.readerIndex(), bytes);
            if (count == buffer.readableBytes()) {
                out.remove();
            }
            else {
                out.removeBytes(count);
            }
            wire.sendThere(bytes);
        }
    }

    @Override
    protected void doClose() {
        this.open = false;
        this.received.clear();
        ChannelPromise connecting = this.connecting;
        this.connecting = null;
        if (connecting != null) {
            connecting.tryFailure(new ClosedChannelException());
        }
        Wire wire = this.wire;
        if (wire != null) {
            wire.closedByClient(this.options.reset);
        }
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop.ticker() instanceof HostTicker;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return null;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return this.remote;
    }

    @Override
    public ChannelConfig config() {
        return this.options;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return this.open;
    }

    @Override
    public boolean isActive() {
        return this.open && this.wire != null;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new Connecting();
    }

    /** Connects as a kernel does. */
    private final class Connecting extends AbstractUnsafe {

        @Override
        public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            if (!promise.setUncancellable() || !ensureOpen(promise)) {
                return;
            }
            SimulatedChannel.this.remote = (InetSocketAddress) remote;
            SimulatedChannel.this.connecting = promise;
            host().network().connect(SimulatedChannel.this, host().client(), (InetSocketAddress) remote);
            int millis = config().getConnectTimeoutMillis();
            eventLoop().schedule(() -> {
                if (SimulatedChannel.this.connecting == promise) {
                    refused(new ConnectTimeoutException("connection timed out after " + millis + " ms"));
                }
            }, millis, TimeUnit.MILLISECONDS);
        }

    }

    /** Knows the options of sockets, of which one matters. */
    private final class Options extends DefaultChannelConfig {

        private boolean reset;

        Options() {
            super(SimulatedChannel.this);
        }

        @Override
        public <T> boolean setOption(ChannelOption<T> option, T value) {
            if (option == ChannelOption.SO_LINGER) {
                this.reset = value.equals(0);
                return true;
            }
            return option == ChannelOption.TCP_NODELAY || option == ChannelOption.SO_KEEPALIVE
                    || super.setOption(option, value);
        }

    }

}
