package io.memlink.transcoder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.test.EmbeddedMemcachedTest;
import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Values are shown as text, without their content unless that is asked for. */
@EmbeddedMemcachedTest
class ValueDescriptionTests {

    record Secret(String password, List<Long> numbers) {
    }

    private final ValueFormat format = ValueFormat.of(getClass().getClassLoader(),
            TrustedClasses.of(getClass().getPackageName()));

    private final Transcoder<Object> transcoder = ObjectTranscoder.typed(this.format);

    @Test
    void showsWhatAValueIs() {
        EncodedValue typed = this.transcoder.encode(new Secret("s3cret", List.of(7L)));
        assertThat(ValueDescription.of(typed, true)).isEqualTo(new ValueDescription("typed", typed.data().length,
                Secret.class.getName() + "(\"s3cret\", List.of [Long(7)])"));
        assertThat(ValueDescription.of(typed, false).text()).contains("Secret(").doesNotContain("s3cret", "7");
        assertThat(ValueDescription.of(this.transcoder.encode("text"), true))
            .isEqualTo(new ValueDescription("text", 4, "text"));
        assertThat(ValueDescription.of(this.transcoder.encode("text"), false).text()).isEqualTo("******");
        assertThat(ValueDescription.of(this.transcoder.encode(42L), true))
            .isEqualTo(new ValueDescription("Long", 2, "42"));
        assertThat(ValueDescription.of(new EncodedValue(new byte[] { 0, -1 }, 0x201), true))
            .isEqualTo(new ValueDescription("flags 0x201", 2, "00ff"));
        EncodedValue compressed = new CompressingTranscoder<>(this.transcoder, Compression.gzip(), 1,
                Compression.InflationLimit.DEFAULT)
            .encode(Map.of("key", "x".repeat(1000)));
        assertThat(ValueDescription.of(compressed, true)).satisfies((description) -> {
            assertThat(description.format()).isEqualTo("typed, compressed");
            assertThat(description.text()).contains("xxxxx");
        });
        assertThat(ValueDescription.of(new EncodedValue(new byte[] { 9 }, typed.flags()), true).text())
            .startsWith("not readable");
    }

    @Test
    void printsAValueOfAServerOrAFile(EmbeddedMemcached server, @TempDir Path folder) throws IOException {
        String address = "127.0.0.1:" + server.port();
        try (MemlinkClient client = MemlinkClient.builder().backends(address).build()) {
            client.with(this.transcoder).set("secret", new Secret("s3cret", List.of()), Expiration.never()).join();
        }
        assertThat(print(address, "secret")).startsWith("typed, ").contains("(\"s3cret\", List.of [])");
        assertThat(print(address, "secret", "--structure")).contains("Secret(").doesNotContain("s3cret");
        assertThat(print(address, "unknown")).startsWith("no value");
        Path file = Files.write(folder.resolve("value"), this.format.encode(new Secret("s3cret", List.of())));
        assertThat(print(file.toString())).contains("s3cret");
        assertThat(print()).startsWith("Usage: ");
    }

    private static String print(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ShowValue.run(args, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

}
