package io.memlink.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.memlink.MemlinkClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * That a client which is closed while its connections are being made leaves nothing
 * behind.
 */
class CloseWhileConnectingTests {

    private static final int CLIENTS = 100;

    private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();

    private ServerSocket server;

    private Thread acceptor;

    @BeforeEach
    void listen() throws IOException {
        this.server = new ServerSocket(0, CLIENTS, InetAddress.getByName("127.0.0.1"));
        this.acceptor = new Thread(this::accept, "acceptor");
        this.acceptor.start();
    }

    private void accept() {
        try {
            while (!this.server.isClosed()) {
                this.accepted.add(this.server.accept());
            }
        }
        catch (IOException ex) {
            // The test is over.
        }
    }

    @AfterEach
    void close() throws Exception {
        this.server.close();
        this.acceptor.join();
        for (Socket socket : this.accepted) {
            socket.close();
        }
    }

    private String address() {
        return "127.0.0.1:" + this.server.getLocalPort();
    }

    /** Nothing but the client's end keeps such a connection open. */
    private static boolean isEnded(Socket socket) {
        try {
            socket.setSoTimeout(1);
            while (socket.getInputStream().read() >= 0) {
                // What it was greeted with.
            }
            return true;
        }
        catch (SocketException ex) {
            return true;
        }
        catch (IOException ex) {
            return false;
        }
    }

    private List<Socket> left() {
        return this.accepted.stream().filter((socket) -> !isEnded(socket)).toList();
    }

    @Test
    void aClientThatIsClosedWhileItConnectsLeavesNoSocketOpen() {
        for (int i = 0; i < CLIENTS; i++) {
            MemlinkClient.builder().backends(address()).poolSize(1 + i % 3).closeTimeout(Duration.ZERO).build().close();
        }
        await().untilAsserted(() -> assertThat(left()).isEmpty());
    }

    @Test
    void norDoesOneThatIsClosedWhileItIsGreeted() {
        for (int i = 0; i < CLIENTS; i++) {
            int before = this.accepted.size();
            LinkResources resources = new LinkResources(1, 1 << 20);
            ConnectionPool pool = new ConnectionPool(new Endpoint("127.0.0.1", this.server.getLocalPort()),
                    new LineProtocol(), LinkOptions.builder().build(), resources);
            await().pollInterval(Duration.ofMillis(1)).until(() -> this.accepted.size() > before);
            pool.close(Duration.ZERO).join();
            resources.close();
        }
        await().untilAsserted(() -> assertThat(left()).isEmpty());
    }

}
