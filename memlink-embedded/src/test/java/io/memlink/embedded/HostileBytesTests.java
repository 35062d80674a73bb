package io.memlink.embedded;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever bytes a client sends, the server goes on serving the others. Searches for
 * bytes that do harm, guided by which of the server's code they reach, and begins with
 * what was once sent to a real server; then measures what everything that it came by
 * makes the server allocate, and sends it through real sockets.
 * {@code -Dmemlink.fuzz.seconds} makes the search longer. The time is a bound on the
 * search, not on the code.
 */
class HostileBytesTests {

    private static final int SECONDS = Integer.getInteger("memlink.fuzz.seconds", 60);

    private static final int LONGEST_INPUT = 4096;

    @TempDir
    private Path folder;

    private Path seeds;

    private Path found;

    private Path costly;

    @BeforeEach
    void writeSeeds() throws IOException {
        this.seeds = Files.createDirectory(this.folder.resolve("seeds"));
        this.found = Files.createDirectory(this.folder.resolve("found"));
        this.costly = Files.createDirectory(this.folder.resolve("costly"));
        for (WireVector vector : WireVector.load()) {
            byte[] input = input(vector);
            if (input.length <= LONGEST_INPUT) {
                Files.write(this.seeds.resolve(vector.id().replaceAll("\\W", "_")), input);
            }
        }
    }

    private static byte[] input(WireVector vector) {
        boolean login = vector.text("group").equals("auth");
        StringBuilder requests = new StringBuilder();
        requests.append((char) ((vector.text("server").equals("newest") ? RequestFuzzer.NEWEST : RequestFuzzer.OLDER)
                + (login ? RequestFuzzer.WITH_LOGIN : 0)));
        requests.append((char) 7);
        vector.setup().forEach((step) -> requests.append(step.asString("")));
        return requests.append(vector.request()).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void endsNoThreadAndStopsNoService() throws Exception {
        search();
        List<Path> all = new ArrayList<>(files(this.seeds));
        all.addAll(files(this.found));
        all.addAll(files(this.costly));
        assertThat(all).hasSizeGreaterThan(1_000);
        requireLittleGarbage(all);
        try (CollectedWarnings warnings = CollectedWarnings.collect(); SocketTargets targets = SocketTargets.start()) {
            for (Path file : all) {
                byte[] input = Files.readAllBytes(file);
                targets.attack(input);
            }
            targets.requireService();
            assertThat(warnings.lines()).isEmpty();
        }
    }

    private void search() throws Exception {
        Path log = this.folder.resolve("log");
        Process fuzzer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-D" + RequestFuzzer.COSTLY + "=" + this.costly, "-cp",
                System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + RequestFuzzer.class.getName(), "--instrumentation_includes=io.memlink.**",
                "--custom_hook_includes=io.memlink.**", "--reproducer_path=" + this.folder,
                "-artifact_prefix=" + this.folder + "/", "-max_total_time=" + SECONDS, "-max_len=" + LONGEST_INPUT,
                this.found.toString(), this.seeds.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
        try {
            assertThat(fuzzer.waitFor(SECONDS + 120L, TimeUnit.SECONDS)).isTrue();
        }
        finally {
            fuzzer.destroyForcibly();
        }
        String output = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertThat(fuzzer.exitValue()).as(output).isZero();
        assertThat(output).containsPattern("Done \\d{4,} runs");
    }

    private static void requireLittleGarbage(List<Path> inputs) throws IOException {
        for (Path file : inputs) {
            byte[] input = Files.readAllBytes(file);
            if (input.length >= 2 && RequestFuzzer.allocated(input) > RequestFuzzer.MAX_ALLOCATED) {
                assertThat(RequestFuzzer.allocated(input)).as(() -> Arrays.toString(input))
                    .isLessThanOrEqualTo(RequestFuzzer.MAX_ALLOCATED);
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** A server for each way in which an input may be meant. */
    private record SocketTargets(List<EmbeddedMemcached> servers) implements AutoCloseable {

        private static final int MAX_BYTES = 4 << 20;

        static SocketTargets start() {
            return new SocketTargets(List.of(builder("1.6.45").start(), builder("1.6.18").start(),
                    builder("1.6.45").credentials("user", "pass").start(),
                    builder("1.6.18").credentials("user", "pass").start()));
        }

        private static EmbeddedMemcachedBuilder builder(String version) {
            return EmbeddedMemcached.builder().claimVersion(version).maxBytes(MAX_BYTES);
        }

        // Every other one goes away without waiting for what is answered.
        void attack(byte[] input) {
            if (input.length < 2) {
                return;
            }
            EmbeddedMemcached server = this.servers.get(input[0] & 3);
            try (Socket socket = new Socket(server.address().getAddress(), server.port())) {
                socket.getOutputStream().write(Arrays.copyOfRange(input, 2, input.length));
                if ((input[1] & 1) == 0) {
                    socket.setSoLinger(true, 0);
                }
                else {
                    socket.shutdownOutput();
                    socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                }
            }
            catch (IOException ex) {
                // The server may well have hung up.
            }
        }

        // What was stored may well have been flushed.
        void requireService() throws IOException {
            for (EmbeddedMemcached server : this.servers) {
                try (TestClient client = new TestClient(server.address())) {
                    boolean login = this.servers.indexOf(server) >= RequestFuzzer.WITH_LOGIN;
                    if (login) {
                        assertThat(client.send("set x 0 0 9\r\nuser pass\r\n").readLine()).isEqualTo("STORED\r\n");
                    }
                    assertThat(client.exchange("set witness 0 0 1\r\nw\r\nget witness\r\n"))
                        .matches("(?s)STORED\r\n.*END\r\n");
                }
            }
        }

        @Override
        public void close() {
            this.servers.forEach(EmbeddedMemcached::close);
        }

    }

}
