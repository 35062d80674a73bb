package io.memlink.placement;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

import com.google.code.yanf4j.core.Session;
import com.google.code.yanf4j.core.impl.HandlerAdapter;
import com.google.code.yanf4j.nio.NioSessionConfig;
import net.rubyeye.xmemcached.codec.MemcachedCodecFactory;
import net.rubyeye.xmemcached.impl.AbstractMemcachedSessionLocator;
import net.rubyeye.xmemcached.impl.ArrayMemcachedSessionLocator;
import net.rubyeye.xmemcached.impl.KetamaMemcachedSessionLocator;
import net.rubyeye.xmemcached.impl.MemcachedTCPSession;
import net.rubyeye.xmemcached.utils.InetSocketAddressWrapper;
import net.spy.memcached.ArrayModNodeLocator;
import net.spy.memcached.DefaultConnectionFactory;
import net.spy.memcached.DefaultHashAlgorithm;
import net.spy.memcached.KetamaNodeKeyFormatter;
import net.spy.memcached.KetamaNodeLocator;
import net.spy.memcached.MemcachedNode;

/**
 * Where spymemcached and xmemcached themselves place a key, each asked with servers that
 * are not connected to anything.
 */
final class OtherClients {

    static {
        // Counts points without regard to weights; off in applications.
        OtherClients.class.getClassLoader().setClassAssertionStatus("net.spy.memcached.KetamaNodeLocator", false);
    }

    private OtherClients() {
    }

    static ToIntFunction<String> spymemcachedModulo(List<Server> servers) {
        List<MemcachedNode> nodes = spymemcachedNodes(servers);
        ArrayModNodeLocator locator = new ArrayModNodeLocator(nodes, DefaultConnectionFactory.DEFAULT_HASH);
        return (key) -> nodes.indexOf(locator.getPrimary(key));
    }

    static ToIntFunction<String> spymemcachedKetama(List<Server> servers) {
        List<MemcachedNode> nodes = spymemcachedNodes(servers);
        Map<InetSocketAddress, Integer> weights = new HashMap<>();
        if (servers.stream().anyMatch((server) -> server.weight != 1)) {
            servers.forEach((server) -> weights.put(server.address, server.weight));
        }
        KetamaNodeLocator locator = new KetamaNodeLocator(nodes, DefaultHashAlgorithm.KETAMA_HASH,
                KetamaNodeKeyFormatter.Format.SPYMEMCACHED, weights);
        return (key) -> nodes.indexOf(locator.getPrimary(key));
    }

    private static List<MemcachedNode> spymemcachedNodes(List<Server> servers) {
        return servers.stream().map((server) -> spymemcachedNode(server.address)).toList();
    }

    private static MemcachedNode spymemcachedNode(InetSocketAddress address) {
        return (MemcachedNode) Proxy.newProxyInstance(OtherClients.class.getClassLoader(),
                new Class<?>[] { MemcachedNode.class }, (node, method, arguments) -> switch (method.getName()) {
                    case "getSocketAddress" -> address;
                    case "hashCode" -> address.hashCode();
                    case "equals" -> node == arguments[0];
                    case "toString" -> address.toString();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    static ToIntFunction<String> xmemcachedModulo(List<Server> servers) {
        return xmemcached(servers, new ArrayMemcachedSessionLocator());
    }

    static ToIntFunction<String> xmemcachedKetama(List<Server> servers) {
        return xmemcached(servers, new KetamaMemcachedSessionLocator());
    }

    private static ToIntFunction<String> xmemcached(List<Server> servers, AbstractMemcachedSessionLocator locator) {
        List<Session> sessions = new ArrayList<>();
        for (Server server : servers) {
            sessions.add(new UnconnectedSession(server, sessions.size()));
        }
        locator.updateSessions(sessions);
        return (key) -> sessions.indexOf(locator.getSessionByKey(key));
    }

    /**
     * One server, as the other clients see it.
     *
     * @param address with the name it was given by, if any
     * @param weight 1 where it has none
     */
    record Server(InetSocketAddress address, int weight) {

        /**
         * Reads a server.
         * @param text {@code ip:port*weight}, or {@code name/ip:port*weight}
         */
        static Server parse(String text) {
            Backend read = Backend.parse(text.substring(text.indexOf('/') + 1));
            try {
                byte[] ip = InetAddress.getByName(read.host()).getAddress();
                InetAddress host = text.contains("/")
                        ? InetAddress.getByAddress(text.substring(0, text.indexOf('/')), ip)
                        : InetAddress.getByAddress(ip);
                return new Server(new InetSocketAddress(host, read.port()), read.weight());
            }
            catch (UnknownHostException ex) {
                throw new IllegalArgumentException(text, ex);
            }
        }

        static List<Server> list(String... texts) {
            return Arrays.stream(texts).map(Server::parse).toList();
        }

        /** Returns the server as Memlink is told of it. */
        Backend backend() {
            String text = this.address.toString();
            String id = text.startsWith("/") ? text.substring(1) : text;
            return new Backend(id, this.address.getHostString(), this.address.getPort(), this.weight);
        }

        static List<Backend> backends(Collection<Server> servers) {
            return servers.stream().map(Server::backend).toList();
        }

    }

    /** A session of xmemcached that knows its server, and no more. */
    private static final class UnconnectedSession extends MemcachedTCPSession {

        private final InetSocketAddress address;

        UnconnectedSession(Server server, int order) {
            super(new NioSessionConfig(null, new HandlerAdapter(), null, new MemcachedCodecFactory(), null, null, null,
                    false, 0, 0), 16, null, 1, null);
            this.address = server.address;
            InetSocketAddressWrapper wrapper = new InetSocketAddressWrapper(server.address, order, server.weight, null,
                    false);
            wrapper.setRemoteAddressStr(server.address.toString());
            setInetSocketAddressWrapper(wrapper);
        }

        @Override
        public InetSocketAddress getRemoteSocketAddress() {
            return this.address;
        }

    }

}
