package io.memlink.meta.classic;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Searches for replies that a decoder does not take as it should, guided by which of its
 * code they reach. The time is a bound on the search, not on the code.
 */
class ReplyFuzzIntegrationTests {

    private static final int SECONDS = Integer.getInteger("memlink.fuzz.seconds", 60);

    static List<Path> seeds() throws IOException, URISyntaxException {
        try (var files = Files.list(seedDirectory())) {
            return files.sorted().toList();
        }
    }

    private static Path seedDirectory() throws URISyntaxException {
        return Path.of(ReplyFuzzIntegrationTests.class.getResource("/fuzz/replies").toURI());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void takesEachSeed(Path seed) throws IOException {
        byte[] input = Files.readAllBytes(seed);
        assertThatCode(() -> ReplyFuzzer.fuzzerTestOneInput(input)).doesNotThrowAnyException();
    }

    @Test
    void findsNoReplyThatBreaksADecoder(@TempDir Path found) throws Exception {
        Path corpus = Files.createDirectory(found.resolve("corpus"));
        Path log = found.resolve("log");
        Process fuzzer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-cp", System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + ReplyFuzzer.class.getName(), "--instrumentation_includes=io.memlink.**",
                "--custom_hook_includes=io.memlink.**", "--reproducer_path=" + found, "-artifact_prefix=" + found + "/",
                "-max_total_time=" + SECONDS, "-max_len=4096", corpus.toString(), seedDirectory().toString())
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
        assertThat(output).containsPattern("Done \\d{5,} runs");
    }

}
