package io.memlink.cluster;

import java.util.Objects;

/**
 * Where a backend is, who it is, and how much it bears. Immutable.
 *
 * @param id the identity that keys are located by; stays when a machine is replaced
 * @param host name or address; IPv6 without brackets
 * @param port 1 to 65535
 * @param weight its share of the keys beside those of the others, 1 to 1000
 * @since 0.1.0
 */
public record ServerAddress(String id, String host, int port, int weight) {

    /** The port of a backend that names none. */
    public static final int DEFAULT_PORT = 11211;

    private static final int MAX_WEIGHT = 1000;

    private static final String EXPECTED = " (expected: host, host:port or [ipv6]:port, with id= before it"
            + " where it has an identity of its own, and *weight behind it where it has a weight of 1 to 1000)";

    public ServerAddress {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(host, "host");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
        if (weight < 1 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 1 to " + MAX_WEIGHT + ")");
        }
    }

    /**
     * Makes a backend of weight 1.
     * @param id the identity that keys are located by
     * @param host name or address; IPv6 without brackets
     * @param port 1 to 65535
     */
    public ServerAddress(String id, String host, int port) {
        this(id, host, port, 1);
    }

    /**
     * Makes a backend whose identity is its address.
     * @param host name or address; IPv6 without brackets
     * @param port 1 to 65535
     * @return the backend, of weight 1
     */
    public static ServerAddress of(String host, int port) {
        return new ServerAddress(join(host, port), host, port);
    }

    /**
     * Reads a backend from text.
     * @param text {@code host}, {@code host:port} or {@code [ipv6]:port}, with
     * {@code id=} before it where the identity is not {@code host:port}, and
     * {@code *weight} behind it where the weight is not 1
     * @return the backend
     * @throws IllegalArgumentException where the text has another form
     */
    public static ServerAddress parse(String text) {
        String trimmed = Objects.requireNonNull(text, "backend").trim();
        int equals = trimmed.indexOf('=');
        int star = trimmed.lastIndexOf('*');
        boolean weighted = star > equals;
        String address = trimmed.substring(equals + 1, weighted ? star : trimmed.length());
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
        if (host.isEmpty() || equals == 0 || host.indexOf('/') >= 0 || trimmed.chars().anyMatch((c) -> c <= ' ')) {
            throw illegal(text);
        }
        int port = portGiven ? number(address.substring(colon + 1), 65535, text) : DEFAULT_PORT;
        int weight = weighted ? number(trimmed.substring(star + 1), MAX_WEIGHT, text) : 1;
        String id = (equals > 0) ? trimmed.substring(0, equals) : join(host, port);
        return new ServerAddress(id, host, port, weight);
    }

    private static int number(String digits, int max, String text) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch((c) -> c >= '0' && c <= '9')) {
            throw illegal(text);
        }
        int number = Integer.parseInt(digits);
        if (number < 1 || number > max) {
            throw illegal(text);
        }
        return number;
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
        String named = this.id.equals(address) ? address : this.id + "=" + address;
        return (this.weight == 1) ? named : named + "*" + this.weight;
    }

}
