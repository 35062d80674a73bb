package io.memlink.meta.classic;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkDecodingException;
import io.memlink.error.MemlinkProtocolException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server cannot take the memory of a client by what it announces, nor by never ending.
 */
class SmallHeapIntegrationTests {

    private static final List<String> FAILURES = List.of(MemlinkProtocolException.class.getSimpleName(),
            MemlinkDecodingException.class.getSimpleName(), MemlinkConnectionException.class.getSimpleName());

    @Test
    void noReplyOfAServerFillsTheMemory() throws Exception {
        try (HostileServer server = new HostileServer()) {
            Process client = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m", "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"),
                    SmallHeap.class.getName(), Integer.toString(server.port()))
                .redirectErrorStream(true)
                .start();
            try {
                String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(client.waitFor()).as(output).isZero();
                assertThat(output).doesNotContain("OutOfMemoryError", "LEAK");
                List<String> lines = output.lines()
                    .filter((line) -> line.startsWith(SmallHeap.MARK))
                    .map((line) -> line.substring(SmallHeap.MARK.length()))
                    .toList();
                assertThat(lines).hasSize(SmallHeap.questions().size() + 1).endsWith("end");
                assertThat(lines.subList(0, lines.size() - 1))
                    .allMatch((line) -> FAILURES.contains(line.substring(line.indexOf(' ') + 1)));
            }
            finally {
                client.destroyForcibly().onExit().join();
            }
        }
    }

}
