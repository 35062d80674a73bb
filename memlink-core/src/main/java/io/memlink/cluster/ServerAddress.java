package io.memlink.cluster;

import java.util.Objects;

/**
 * Where a backend is, and who it is. Immutable.
 *
 * @param id the identity that keys are located by; stays when a machine is replaced
 * @param host name or address; IPv6 without brackets
 * @param port 1 to 65535
 * @since 0.1.0
 */
public record ServerAddress(String id, String host, int port) {

    /** The port of a backend that names none. */
    public static final int DEFAULT_PORT = 11211;

    private static final String EXPECTED = " (expected: host, host:port, [ipv6]:port or id=host:port)";

    public ServerAddress {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(host, "host");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
    }

    /**
     * Reads a backend from text.
     * @param text {@code host}, {@code host:port} or {@code [ipv6]:port}, with
     * {@code id=} before it where the identity is not {@code host:port}
     * @return the backend
     * @throws IllegalArgumentException where the text has another form
     */
    public static ServerAddress parse(String text) {
        String trimmed = Objects.requireNonNull(text, "backend").trim();
        int equals = trimmed.indexOf('=');
        String address = trimmed.substring(equals + 1);
        int colon = address.lastIndexOf(':');
        boolean bracketed = address.startsWith("[");
        int bracket = address.indexOf(']');
        boolean portGiven = colon > bracket;
        String host = portGiven ? address.substring(0, colon) : address;
        if (bracketed && bracket == host.length() - 1) {
            host = host.substring(1, bracket);
        }
        else if (bracketed || host.indexOf(':') >= 0) {
            throw illegal(text);
        }
        if (host.isEmpty() || equals == 0 || trimmed.chars().anyMatch((c) -> c <= ' ' || c == '/')) {
            throw illegal(text);
        }
        int port = portGiven ? parsePort(address.substring(colon + 1), text) : DEFAULT_PORT;
        String id = (equals > 0) ? trimmed.substring(0, equals) : join(host, port);
        return new ServerAddress(id, host, port);
    }

    private static int parsePort(String digits, String text) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch((c) -> c >= '0' && c <= '9')) {
            throw illegal(text);
        }
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65535) {
            throw illegal(text);
        }
        return port;
    }

    private static IllegalArgumentException illegal(String text) {
        return new IllegalArgumentException("backend: \"" + text + "\"" + EXPECTED);
    }

    private static String join(String host, int port) {
        return ((host.indexOf(':') >= 0) ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * Returns the address without the identity.
     * @return {@code host:port}
     */
    public String hostAndPort() {
        return join(this.host, this.port);
    }

    @Override
    public String toString() {
        String address = hostAndPort();
        return this.id.equals(address) ? address : this.id + "=" + address;
    }

}
