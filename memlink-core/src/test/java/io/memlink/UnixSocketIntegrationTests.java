package io.memlink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.memlink.meta.Expiration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A real memcached that listens on a socket of the machine.
 */
class UnixSocketIntegrationTests {

    @Test
    void readsWhatWasSet(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("memcached.sock");
        List<String> command = new ArrayList<>(List.of("memcached", "-s", path.toString(), "-t", "1"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("-u", "root"));
        }
        Process server = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(directory.resolve("memcached.log").toFile())
            .start();
        try (MemlinkClient client = MemlinkClient.builder().backends("local=unix:" + path).build()) {
            await().until(() -> Files.exists(path));
            await().untilAsserted(
                    () -> client.blocking().set("key", new byte[100_000], Expiration.after(Duration.ofMinutes(1))));
            assertThat(client.blocking().get("key")).hasSize(100_000);
            assertThat(client.backends()).singleElement().asString().contains("unix:" + path);
        }
        finally {
            server.destroyForcibly().onExit().join();
        }
    }

}
