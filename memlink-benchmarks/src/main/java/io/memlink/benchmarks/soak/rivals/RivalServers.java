package io.memlink.benchmarks.soak.rivals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.benchmarks.sidebyside.RedisProcess;
import io.memlink.benchmarks.soak.RealServer;
import io.memlink.test.MemcachedProcess;

/**
 * Three servers of the kind that a client speaks to, none of which has to evict. Safe for
 * use by many threads, but for their faults.
 */
final class RivalServers implements AutoCloseable {

    private static final int SERVERS = 3;

    private final List<RealServer> servers = new ArrayList<>();

    private final List<Runnable> closers = new ArrayList<>();

    private final AtomicInteger epoch = new AtomicInteger();

    private final boolean redis;

    RivalServers(boolean redis) {
        this.redis = redis;
        for (int i = 0; i < SERVERS; i++) {
            this.servers.add(redis ? startRedis() : startMemcached());
        }
    }

    private RealServer startRedis() {
        RedisProcess process = new RedisProcess();
        this.closers.add(process::close);
        return watched(new RealServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), process.port()),
                process::kill, process::restart, process::pause, process::resume));
    }

    private RealServer startMemcached() {
        MemcachedProcess process = MemcachedProcess.start("-m", "256");
        this.closers.add(process::close);
        return watched(RealServer.of(process));
    }

    // What was stored is lost between the beginning of a kill and the end of a restart.
    private RealServer watched(RealServer server) {
        return new RealServer(server.address(), () -> {
            this.epoch.incrementAndGet();
            kill(server);
        }, () -> {
            server.restart().run();
            this.epoch.incrementAndGet();
        }, server.pause(), server.resume());
    }

    // On a busy machine, a process may take longer to end than one is waited for.
    private static void kill(RealServer server) {
        try {
            server.kill().run();
        }
        catch (IllegalStateException ex) {
            System.out.println("once more: " + ex.getMessage());
            server.kill().run();
        }
    }

    List<RealServer> all() {
        return this.servers;
    }

    /** Returns a number that is another one after each loss of what was stored. */
    int epoch() {
        return this.epoch.get();
    }

    /** Tells whether no server was being killed then. */
    boolean keep(int epoch) {
        return epoch % 2 == 0;
    }

    /** Tells whether a server has a key. */
    boolean has(int server, String key) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(this.servers.get(server).address());
            String question = this.redis ? "EXISTS " : "mg ";
            socket.getOutputStream().write((question + key + "\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(2), StandardCharsets.US_ASCII);
            return answer.equals(this.redis ? ":1" : "HD");
        }
    }

    @Override
    public void close() {
        this.closers.forEach(Runnable::run);
    }

}
