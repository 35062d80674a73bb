package io.memlink.benchmarks.sidebyside.contender;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.memlink.benchmarks.raw.RawConnection;
import io.memlink.benchmarks.raw.RawOperation;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** The least of a client on Netty. */
final class RawContender implements Contender {

    private final EventLoopGroup loops;

    private final List<RawConnection> connections = new ArrayList<>();

    RawContender(ClientSetup setup, boolean epoll) throws Exception {
        List<String> addresses = setup.addresses();
        Path trustStore = setup.trustStore();
        int count = addresses.size() * setup.connectionsOr(1);
        int threads = Math.min(count, Runtime.getRuntime().availableProcessors());
        this.loops = new MultiThreadIoEventLoopGroup(threads,
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        TrustedTls tls = (trustStore != null) ? new TrustedTls(trustStore) : null;
        Bootstrap bootstrap = new Bootstrap().group(this.loops)
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(new ChannelInitializer<Channel>() {

                @Override
                protected void initChannel(Channel channel) {
                    if (tls != null) {
                        channel.pipeline().addLast(new SslHandler(tls.newEngine()));
                    }
                }

            });
        for (int i = 0; i < count; i++) {
            String[] parts = addresses.get(i % addresses.size()).split(":");
            Channel channel = bootstrap.connect(parts[0], Integer.parseInt(parts[1])).sync().channel();
            this.connections.add(new RawConnection(channel));
        }
    }

    private RawConnection connection(String key) {
        int count = this.connections.size();
        return this.connections.get((count == 1) ? 0 : Math.floorMod(key.hashCode(), count));
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        RawOperation<byte @Nullable []> get = RawOperation.get(key);
        connection(key).send(get);
        return get;
    }

    @Override
    public CompletionStage<?> set(String key, byte[] value) {
        RawOperation<Boolean> set = RawOperation.set(key, value);
        connection(key).send(set);
        return set;
    }

    @Override
    public CompletionStage<Map<String, byte[]>> getAll(List<String> keys) {
        if (this.connections.size() == 1) {
            RawOperation<Map<String, byte[]>> getAll = RawOperation.getAll(keys);
            this.connections.get(0).send(getAll);
            return getAll;
        }
        Map<RawConnection, List<String>> parts = new HashMap<>();
        keys.forEach((key) -> parts.computeIfAbsent(connection(key), (connection) -> new ArrayList<>()).add(key));
        CompletableFuture<Map<String, byte[]>> all = CompletableFuture.completedFuture(new HashMap<>(2 * keys.size()));
        for (Map.Entry<RawConnection, List<String>> part : parts.entrySet()) {
            RawOperation<Map<String, byte[]>> getAll = RawOperation.getAll(part.getValue());
            part.getKey().send(getAll);
            all = all.thenCombine(getAll, RawContender::union);
        }
        return all;
    }

    private static Map<String, byte[]> union(Map<String, byte[]> all, Map<String, byte[]> part) {
        all.putAll(part);
        return all;
    }

    @Override
    public void close() {
        this.connections.forEach(RawConnection::close);
        this.loops.shutdownGracefully();
    }

}
