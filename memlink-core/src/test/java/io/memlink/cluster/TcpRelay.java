package io.memlink.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between a client and a server that can be cut and mended, while the server
 * goes on and keeps what it has.
 */
public final class TcpRelay implements AutoCloseable {

    private final InetSocketAddress target;

    private final int port;

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private ServerSocket listener;

    /** Starts a relay to a port of the loopback address. */
    public TcpRelay(int targetPort) {
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        this.listener = listen(0);
        this.port = this.listener.getLocalPort();
    }

    /** Returns where the client connects to. */
    public String address() {
        return "127.0.0.1:" + this.port;
    }

    private ServerSocket listen(int port) {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            start(() -> accept(opened));
            return opened;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocket opened) {
        try {
            while (true) {
                join(opened, opened.accept());
            }
        }
        catch (IOException ex) {
            // The listener was closed.
        }
    }

    private void join(ServerSocket opened, Socket client) throws IOException {
        try {
            Socket server = new Socket(this.target.getAddress(), this.target.getPort());
            this.sockets.add(client);
            this.sockets.add(server);
            if (opened.isClosed()) {
                closeSockets();
            }
            start(() -> copy(client, server));
            start(() -> copy(server, client));
        }
        catch (IOException ex) {
            client.close();
        }
    }

    private void copy(Socket from, Socket to) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            int count = in.read(buffer);
            while (count >= 0) {
                out.write(buffer, 0, count);
                count = in.read(buffer);
            }
        }
        catch (IOException ex) {
            // One of them was closed.
        }
    }

    /** Cuts all connections, and refuses new ones. */
    public void cut() {
        try {
            this.listener.close();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        closeSockets();
    }

    private void closeSockets() {
        for (Socket socket : this.sockets) {
            try {
                socket.close();
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
        this.sockets.clear();
    }

    /** Lets connections through again. */
    public void mend() {
        this.listener = listen(this.port);
    }

    @Override
    public void close() {
        cut();
    }

}
