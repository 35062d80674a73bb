package io.memlink.embedded;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.memlink.embedded.admin.ServerFacts;

/**
 * The facts that the commands tell of a server. Immutable; asked on the thread of the
 * server.
 */
final class Facts implements ServerFacts {

    private final EmbeddedMemcachedBuilder settings;

    private final InetSocketAddress address;

    private final OpenConnections connections;

    private final Runnable shutdown;

    Facts(EmbeddedMemcachedBuilder settings, InetSocketAddress address, OpenConnections connections,
            Runnable shutdown) {
        this.settings = settings;
        this.address = address;
        this.connections = connections;
        this.shutdown = shutdown;
    }

    @Override
    public String version() {
        return this.settings.version();
    }

    @Override
    public String setting(String name) {
        Path unixSocket = this.settings.unixSocket();
        return switch (name) {
            case "maxconns" -> String.valueOf(this.settings.maxConnections());
            case "tcpport" -> String.valueOf(this.address.getPort());
            case "inter" -> this.address.getAddress().getHostAddress();
            case "domain_socket" -> (unixSocket != null) ? unixSocket.toString() : "NULL";
            case "shutdown_command" -> yesOrNo(this.settings.shutdownAllowed());
            case "binding_protocol" -> this.settings.users().isEmpty() ? "auto-negotiate" : "ascii";
            case "auth_enabled_ascii" -> yesOrNo(!this.settings.users().isEmpty());
            case "ssl_enabled" -> yesOrNo(this.settings.tls() != null);
            case "ssl_verify_mode" -> this.settings.clientCertificates() ? "2" : "0";
            case "cluster" -> cluster();
            default -> "0";
        };
    }

    private static String yesOrNo(boolean yes) {
        return yes ? "yes" : "no";
    }

    // A number that never changes, then the nodes: name, address and port of each.
    private String cluster() {
        List<String> nodes = this.settings.cluster();
        if (nodes == null) {
            return "";
        }
        List<String> all = nodes.isEmpty()
                ? List.of(this.address.getAddress().getHostAddress() + ":" + this.address.getPort()) : nodes;
        return all.stream().map((node) -> {
            int colon = node.lastIndexOf(':');
            String host = node.substring(0, colon);
            return host + "|" + host + "|" + node.substring(colon + 1);
        }).collect(Collectors.joining(" ", "1\n", "\n"));
    }

    @Override
    public long number(String name) {
        return switch (name) {
            case "max_connections" -> this.settings.maxConnections();
            case "curr_connections", "connection_structures" -> this.connections.count();
            case "total_connections" -> this.connections.total();
            case "rejected_connections" -> this.connections.rejected();
            case "bytes_read" -> this.connections.bytesReceived();
            case "bytes_written" -> this.connections.bytesSent();
            default -> 0;
        };
    }

    @Override
    public List<OpenConnection> connections() {
        List<OpenConnection> all = new ArrayList<>();
        String listener = Listeners.text(this.address);
        all.add(new OpenConnection(0, listener, "", 0));
        for (ClientConnection connection : this.connections.all()) {
            all.add(new OpenConnection(connection.id(), connection.address(), listener, connection.idleSeconds()));
        }
        return all;
    }

    @Override
    public boolean shutDown() {
        if (this.settings.shutdownAllowed()) {
            this.shutdown.run();
        }
        return this.settings.shutdownAllowed();
    }

}
