package io.memlink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.meta.Expiration;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The examples of the README that build a client, and that they are those of the README.
 */
@EmbeddedMemcachedTest
class ReadmeExampleTests {

    private static final Pattern EXAMPLE = Pattern.compile("^```java\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** What stands around the code, and servers that are only there on paper. */
    private static final Pattern FRAME = Pattern
        .compile("import .*|class .*|@EmbeddedMemcachedTest|.*cache-1:11211.*|");

    @Test
    void aSilentServerCostsATimeout(EmbeddedMemcached server) {
        server.faults().next("mg", Fault.ignoreRequest());
        try (MemlinkClient client = MemlinkClient.builder().backends("127.0.0.1:" + server.port()).build()) {
            assertThatExceptionOfType(MemlinkTimeoutException.class)
                .isThrownBy(() -> client.blocking().get("greeting"));
        }
    }

    @Test
    void whatWasSetIsRead(EmbeddedMemcached server) {
        try (MemlinkClient client = MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .requestTimeout(Duration.ofSeconds(30))
            .build()) {
            ValueOperations<String> texts = client.with(Transcoder.text());
            texts.set("greeting", "hello", Expiration.after(Duration.ofMinutes(10))).join();
            String greeting = texts.get("greeting").join();
            assertThat(greeting).isEqualTo("hello");
        }
    }

    @Test
    void theReadmeShowsWhatIsTestedHere() throws IOException {
        String here = Files.readString(Path.of("src", "test", "java", "io", "memlink", "ReadmeExampleTests.java"));
        List<String> tested = here.lines().map(String::strip).toList();
        List<String> examples = EXAMPLE.matcher(Files.readString(Path.of("..", "README.md")))
            .results()
            .map((match) -> match.group(1))
            .filter((example) -> example.contains("MemlinkClient.builder()"))
            .toList();
        assertThat(examples).hasSize(1);
        assertThat(tested).containsAll(examples.stream().flatMap(ReadmeExampleTests::statements).toList());
    }

    private static Stream<String> statements(String example) {
        return example.lines().map(String::strip).filter((line) -> !FRAME.matcher(line).matches());
    }

}
