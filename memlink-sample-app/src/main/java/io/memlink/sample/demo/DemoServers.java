package io.memlink.sample.demo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.memlink.placement.Backend;
import io.memlink.spring.boot.autoconfigure.MemlinkConnectionDetails;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Three memcached servers in this process, which are started when they are first needed.
 * Safe for use by many threads.
 */
final class DemoServers implements MemlinkConnectionDetails, DisposableBean {

    private static final Logger logger = LoggerFactory.getLogger(DemoServers.class);

    private static final int COUNT = 3;

    private final Map<String, DemoServer> servers = new TreeMap<>();

    @Override
    public synchronized List<Backend> getBackends() {
        if (this.servers.isEmpty()) {
            IntStream.rangeClosed(1, COUNT)
                .mapToObj((number) -> new DemoServer("cache-" + number))
                .forEach((server) -> this.servers.put(server.id(), server));
            logger.info("No servers are named in memlink.backends: started {} in this process, which end with it",
                    this.servers.keySet());
        }
        return this.servers.values()
            .stream()
            .map((server) -> Backend.parse(server.id() + "=127.0.0.1:" + server.port()))
            .toList();
    }

    synchronized Map<String, DemoServer.State> states() {
        return this.servers.values().stream().collect(Collectors.toMap(DemoServer::id, DemoServer::state));
    }

    /** Returns a server; fails if there is none of this name. */
    synchronized DemoServer server(String id) {
        DemoServer server = this.servers.get(id);
        if (server == null) {
            throw new IllegalArgumentException("server: " + id + " (expected: one of " + this.servers.keySet() + ")");
        }
        return server;
    }

    @Override
    public synchronized void destroy() {
        this.servers.values().forEach(DemoServer::kill);
    }

}
