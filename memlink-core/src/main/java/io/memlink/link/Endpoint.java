package io.memlink.link;

import java.util.Objects;

/**
 * The place where a server listens: a port of a host, or a socket of this machine.
 * Immutable.
 *
 * @param host a name, an address, or the absolute path of a Unix domain socket
 * @param port 1 to 65535; 0 for a path
 * @since 0.1.0
 */
public record Endpoint(String host, int port) {

    private static final String UNIX = "unix:";

    /**
     * Checks what cannot be connected to.
     * @param host a name, an address or a path
     * @param port the port
     */
    public Endpoint {
        Objects.requireNonNull(host, "host");
        if (host.isEmpty()) {
            throw new IllegalArgumentException("host: \"\" (expected: a name, an address or a path)");
        }
        boolean unix = host.startsWith("/");
        if (unix ? port != 0 : (port < 1 || port > 65535)) {
            throw new IllegalArgumentException("port: " + port + " (expected: " + (unix ? "0" : "1 to 65535") + ")");
        }
    }

    /**
     * Returns a socket of this machine.
     * @param path its absolute path
     * @return the endpoint
     */
    public static Endpoint unix(String path) {
        if (!Objects.requireNonNull(path, "path").startsWith("/")) {
            throw new IllegalArgumentException("path: \"" + path + "\" (expected: an absolute path)");
        }
        return new Endpoint(path, 0);
    }

    /**
     * Returns whether this is a Unix domain socket.
     * @return whether it is
     */
    public boolean isUnix() {
        return this.port == 0;
    }

    /**
     * Returns the endpoint as people write it.
     * @return {@code host:port}, {@code [ipv6]:port} or {@code unix:/path}
     */
    @Override
    public String toString() {
        if (isUnix()) {
            return UNIX + this.host;
        }
        return ((this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host) + ":" + this.port;
    }

}
