package io.memlink.link;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that stands still while many threads write to it.
 */
@MemcachedTest
class StalledServerIntegrationTests {

    /** What 64 threads may have taken for the moment in which they are refused. */
    private static final long TRANSIENT_BYTES = 64 * 17 * 1024;

    private static final long REQUEST_TIMEOUT_MILLIS = 500;

    private static final long SCHEDULING_MILLIS = 500;

    @Test
    void costsNeitherMemoryNorTimeBeyondTheBounds(MemcachedProcess server) throws IOException, InterruptedException {
        Process load = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-Dio.memlink.transport=nio", "-cp",
                System.getProperty("java.class.path"), StalledServerLoad.class.getName(),
                Integer.toString(server.port()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(load.getInputStream(), StandardCharsets.US_ASCII));
                OutputStream out = load.getOutputStream()) {
            assertThat(nextLine(in)).isEqualTo("writing");
            server.pause();
            tell(out);
            assertThat(nextLine(in)).isEqualTo("enough");
            server.resume();
            tell(out);
            String line = nextLine(in);
            assertThat(load.waitFor()).isZero();
            assertFigures(line);
        }
        finally {
            load.destroyForcibly().onExit().join();
        }
    }

    private static String nextLine(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && !line.startsWith(StalledServerLoad.MARK)) {
            line = in.readLine();
        }
        assertThat(line).as("line of the process").isNotNull();
        return line.substring(StalledServerLoad.MARK.length());
    }

    private static void tell(OutputStream out) throws IOException {
        out.write('\n');
        out.flush();
    }

    private static void assertFigures(String line) {
        long[] figures = Stream.of(line.split(" ")).mapToLong(Long::parseLong).toArray();
        assertThat(figures[0]).as("bytes held: %s", line)
            .isBetween(1L, StalledServerLoad.MAX_IN_FLIGHT_BYTES + TRANSIENT_BYTES);
        assertThat(figures[1]).as("longest wait: %s", line).isLessThan(REQUEST_TIMEOUT_MILLIS + SCHEDULING_MILLIS);
        assertThat(figures[2]).as("back after: %s", line).isLessThan(1000);
        assertThat(figures[3]).as("failed requests: %s", line).isPositive();
        assertThat(figures[4] + figures[5]).as("permits left: %s", line).isZero();
    }

}
