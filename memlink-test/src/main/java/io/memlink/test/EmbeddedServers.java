package io.memlink.test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.EmbeddedMemcachedBuilder;

/**
 * Servers that are started and closed together. Immutable; owns the servers.
 *
 * @param list the running servers
 */
record EmbeddedServers(List<EmbeddedMemcached> list) implements AutoCloseable {

    static EmbeddedServers start(int count, String claimVersion, long maxBytes) {
        if (count < 1) {
            throw new IllegalArgumentException("servers: " + count + " (expected: 1 or more)");
        }
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + " (expected: 0 or more)");
        }
        List<EmbeddedMemcached> servers = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                EmbeddedMemcachedBuilder builder = EmbeddedMemcached.builder();
                if (!claimVersion.isEmpty()) {
                    builder.claimVersion(claimVersion);
                }
                if (maxBytes > 0) {
                    builder.maxBytes(maxBytes);
                    builder.maxItemBytes((int) Math.min(maxBytes, EmbeddedMemcachedBuilder.DEFAULT_MAX_ITEM_BYTES));
                }
                servers.add(builder.start());
            }
        }
        catch (RuntimeException ex) {
            servers.forEach(EmbeddedMemcached::close);
            throw ex;
        }
        return new EmbeddedServers(List.copyOf(servers));
    }

    /**
     * Returns where the servers are, as the property {@code memlink.backends} has it.
     */
    String backends() {
        return this.list.stream().map((server) -> "127.0.0.1:" + server.port()).collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        this.list.forEach(EmbeddedMemcached::close);
    }

}
