package io.memlink.placement;

import java.util.Objects;

import io.memlink.link.Endpoint;

/**
 * A backend: where it is, who it is, and how much it bears. Immutable.
 *
 * @param id the identity that keys are located by; stays when a machine is replaced
 * @param host name or address; IPv6 without brackets; or the path of a Unix domain socket
 * @param port 1 to 65535; 0 for a path
 * @param weight its share of the keys beside those of the others, 1 to 1000
 * @since 0.1.0
 */
public record Backend(String id, String host, int port, int weight) {

    /** The port of a backend that names none. */
    public static final int DEFAULT_PORT = 11211;

    /** Stands for the backends of a client that have not been discovered yet. */
    public static final Backend UNDISCOVERED = new Backend("undiscovered", "undiscovered", DEFAULT_PORT);

    private static final int MAX_WEIGHT = 1000;

    private static final String UNIX = "unix:";

    /** What separates backends in a list, which is not one backend. */
    private static final String NOT_IN_HOSTS = "/,;";

    private static final String EXPECTED = " (expected: host, host:port, [ipv6]:port or unix:/path, with id= before it"
            + " where it has an identity of its own, and *weight behind it where it has a weight of 1 to 1000)";

    public Backend {
        Objects.requireNonNull(id, "id");
        new Endpoint(host, port);
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
    public Backend(String id, String host, int port) {
        this(id, host, port, 1);
    }

    /**
     * Makes a backend whose identity is its address.
     * @param host name or address; IPv6 without brackets
     * @param port 1 to 65535
     * @return the backend, of weight 1
     */
    public static Backend of(String host, int port) {
        return new Backend(new Endpoint(host, port).toString(), host, port);
    }

    /**
     * Reads a backend from text.
     * @param text {@code host}, {@code host:port}, {@code [ipv6]:port} or
     * {@code unix:/path}, with {@code id=} before it where the identity is not that, and
     * {@code *weight} behind it where the weight is not 1
     * @return the backend
     * @throws IllegalArgumentException where the text has another form
     */
    public static Backend parse(String text) {
        String trimmed = Objects.requireNonNull(text, "backend").trim();
        int equals = trimmed.startsWith(UNIX) ? -1 : trimmed.indexOf('=');
        int star = trimmed.lastIndexOf('*');
        boolean weighted = star > equals;
        String address = trimmed.substring(equals + 1, weighted ? star : trimmed.length());
        if (equals == 0 || trimmed.chars().anyMatch((c) -> c <= ' ')) {
            throw illegal(text);
        }
        int weight = weighted ? number(trimmed.substring(star + 1), MAX_WEIGHT, text) : 1;
        Endpoint endpoint = address.startsWith(UNIX + "/") ? Endpoint.unix(address.substring(UNIX.length()))
                : parseHost(address, text);
        String id = (equals > 0) ? trimmed.substring(0, equals) : endpoint.toString();
        return new Backend(id, endpoint.host(), endpoint.port(), weight);
    }

    private static Endpoint parseHost(String address, String text) {
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
        if (host.isEmpty() || host.chars().anyMatch((c) -> NOT_IN_HOSTS.indexOf(c) >= 0)) {
            throw illegal(text);
        }
        return new Endpoint(host, portGiven ? number(address.substring(colon + 1), 65535, text) : DEFAULT_PORT);
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
        boolean several = text.indexOf(',') >= 0;
        return new IllegalArgumentException("backend: \"" + text + "\"" + EXPECTED
                + (several ? "; several are separate arguments, or entries of a list" : ""));
    }

    /**
     * Returns where the backend listens.
     * @return the address without the identity
     */
    public Endpoint endpoint() {
        return new Endpoint(this.host, this.port);
    }

    /**
     * Returns the address without the identity.
     * @return {@code host:port} or {@code unix:/path}
     */
    public String hostAndPort() {
        return endpoint().toString();
    }

    @Override
    public String toString() {
        String address = hostAndPort();
        String named = this.id.equals(address) ? address : this.id + "=" + address;
        return (this.weight == 1) ? named : named + "*" + this.weight;
    }

}
