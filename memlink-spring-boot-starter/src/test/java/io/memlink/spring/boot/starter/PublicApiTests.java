package io.memlink.spring.boot.starter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the API of each published module with the one that was last agreed on, so that
 * no change of it goes unnoticed.
 */
class PublicApiTests {

    private static final Path AGREED = Path.of("..", "docs", "api");

    @ParameterizedTest
    @ValueSource(strings = { "memlink-core", "memlink-embedded", "memlink-test", "memlink-spring-boot-autoconfigure" })
    void theApiIsTheOneAgreedOn(String module) throws IOException {
        String api = new PublicApi(module).render();
        assertThat(api).contains("class io.memlink.");
        Path page = AGREED.resolve(module + ".txt");
        if (Boolean.getBoolean("memlink.docs.write")) {
            Files.writeString(page, api);
        }
        assertThat(Files.readString(page)).as("docs/api/%s.txt (CONTRIBUTING.md says how it is written anew)", module)
            .isEqualTo(api);
    }

}
