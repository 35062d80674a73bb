package io.memlink.link.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.netty.util.NetUtil;

/**
 * The addresses of an endpoint, as they were when its name was looked up last. Safe for
 * use by many threads.
 */
public final class AddressLookup {

    /** How many addresses of one name are tried in one dial. */
    private static final int MAX_ADDRESSES = 4;

    private final String host;

    private final int port;

    private final Transport transport;

    private final NameService names;

    private final byte[] literal;

    /** What the name meant when it was known last. */
    private volatile InetAddress[] known = new InetAddress[0];

    public AddressLookup(String host, int port, Transport transport) {
        this(host, port, transport, InetAddress::getAllByName);
    }

    public AddressLookup(String host, int port, Transport transport, NameService names) {
        this.names = names;
        this.host = host;
        this.port = port;
        this.transport = transport;
        byte[] literal = (port == 0) ? null : NetUtil.createByteArrayFromIpAddressString(host);
        this.literal = (literal != null) ? literal : new byte[0];
    }

    private boolean isUnix() {
        return this.port == 0;
    }

    /** Returns whether a name has to be looked up, which blocks. */
    public boolean blocks() {
        return !isUnix() && this.literal.length == 0;
    }

    /**
     * Looks the name up and returns the addresses to try, as {@link #known} does; may
     * block.
     */
    public List<SocketAddress> addresses(int attempt) throws UnknownHostException {
        if (blocks()) {
            lookUp();
        }
        return known(attempt);
    }

    /** Looks the name up; may block for as long as its name servers are silent. */
    public void lookUp() throws UnknownHostException {
        try {
            this.known = this.names.addresses(this.host);
        }
        catch (UnknownHostException ex) {
            if (this.known.length == 0) {
                throw ex;
            }
            // A name server that fails does not move the server.
        }
    }

    /**
     * Returns the addresses to try as they are known, both families in turn; empty where
     * the name was never found. Each attempt begins with another one, so that one that is
     * dead does not hide the others.
     */
    public List<SocketAddress> known(int attempt) {
        if (isUnix()) {
            return List.of(this.transport.unixAddress(this.host));
        }
        if (this.literal.length > 0) {
            return List.of(socketAddress(literalAddress()));
        }
        InetAddress[] known = this.known;
        if (known.length == 0) {
            return List.of();
        }
        List<InetAddress> mixed = mixFamilies(known);
        Collections.rotate(mixed, -(attempt % mixed.size()));
        return mixed.stream().limit(MAX_ADDRESSES).map(this::socketAddress).toList();
    }

    private InetAddress literalAddress() {
        try {
            // With the name, which the certificate of the server must have.
            return InetAddress.getByAddress(this.host, this.literal);
        }
        catch (UnknownHostException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Puts an address of the other family second, in the order of the name server. */
    static List<InetAddress> mixFamilies(InetAddress... addresses) {
        boolean firstIs6 = addresses[0] instanceof Inet6Address;
        List<InetAddress> same = new ArrayList<>();
        List<InetAddress> other = new ArrayList<>();
        for (InetAddress address : addresses) {
            ((address instanceof Inet6Address == firstIs6) ? same : other).add(address);
        }
        List<InetAddress> mixed = new ArrayList<>();
        for (int i = 0; i < addresses.length; i++) {
            same.stream().skip(i).limit(1).forEach(mixed::add);
            other.stream().skip(i).limit(1).forEach(mixed::add);
        }
        return mixed;
    }

    private SocketAddress socketAddress(InetAddress address) {
        return new InetSocketAddress(address, this.port);
    }

    /** A service that knows the addresses of hosts; may block. */
    @FunctionalInterface
    public interface NameService {

        InetAddress[] addresses(String host) throws UnknownHostException;

    }

}
