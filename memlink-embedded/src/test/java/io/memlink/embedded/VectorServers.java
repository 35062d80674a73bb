package io.memlink.embedded;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import static org.awaitility.Awaitility.await;

/**
 * Servers with the options of those that were recorded.
 */
final class VectorServers {

    private static final int CONNECTIONS = 30;

    // The memory for items of a server with -m 2.
    private static final long FULL = 1_500_000;

    private static final Map<List<String>, String> NOT_OFFERED = Map.of(List.of("-C"), "CAS ids are always given",
            List.of("-F"), "flush_all is always allowed", List.of("-W"), "there is no watch", List.of("-X"),
            "dumps are always allowed", List.of("-o", "idle_timeout=1"), "no connection is closed for being idle",
            List.of("-c", "30", "-t", "1", "-o", "no_maxconns_fast"), "no connection is left waiting");

    private VectorServers() {
    }

    /**
     * Tells why there is no server like the recorded one.
     * @return the reason, empty if there is one
     */
    static String reasonAgainst(WireVector vector) {
        return vector.text("via").equals("proxy") ? "there is no proxy"
                : NOT_OFFERED.getOrDefault(vector.arguments(), "");
    }

    static EmbeddedMemcached start(WireVector vector, TestClock clock) throws Exception {
        List<String> arguments = vector.arguments();
        EmbeddedMemcachedBuilder builder = EmbeddedMemcached.builder()
            .clock(clock)
            .claimVersion(vector.text("version"));
        if (arguments.contains("-Y")) {
            builder.credentials("user", "pass").credentials("user2", "pass two").credentials("u3", "");
        }
        if (arguments.contains("-A")) {
            builder.allowShutdown();
        }
        if (arguments.contains("-c")) {
            builder.maxConnections(CONNECTIONS);
        }
        if (arguments.contains("-Z")) {
            builder.tls(TestCertificate.serverContext());
        }
        return builder.start();
    }

    /**
     * Takes all connections that there can be, where the recorded client was one too
     * many.
     */
    static void fill(WireVector vector, EmbeddedMemcached server, List<TestClient> others) throws IOException {
        if (vector.arguments().contains("-c")) {
            for (int i = 0; i < CONNECTIONS; i++) {
                others.add(new TestClient(server.address()));
            }
            await().until(() -> server.openConnections() == CONNECTIONS);
        }
    }

    static TestClient connect(WireVector vector, EmbeddedMemcached server) throws Exception {
        return vector.text("via").equals("tls") ? new TestClient(TestCertificate.connect(server.address()))
                : new TestClient(server.address());
    }

    /**
     * Lets memory end where it ends on the recorded server.
     */
    static void limitMemory(WireVector vector, EmbeddedMemcached server) {
        if (vector.arguments().contains("-M")) {
            server.outOfMemory(server.storedBytes() > FULL);
        }
    }

}
