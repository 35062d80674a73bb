package io.memlink.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationReferenceTests {

    private static final Path PAGE = Path.of("../docs/configuration.md");

    private final ConfigurationReference reference = new ConfigurationReference();

    @Test
    void thePageIsWhatTheMetadataSays() throws IOException {
        String expected = this.reference.render();
        if (Boolean.getBoolean("memlink.docs.write")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).as("docs/configuration.md, which says how to regenerate it")
            .isEqualTo(expected);
    }

    @Test
    void everyPropertyHasATypeAndADescription() {
        assertThat(this.reference.properties()).isNotEmpty().allSatisfy((property) -> {
            assertThat(property.path("name").asString()).matches("(memlink|management)\\.[a-z.-]+");
            assertThat(property.path("type").asString()).as(property.toString()).isNotEmpty();
            assertThat(property.path("description").asString()).as(property.toString()).endsWith(".");
        });
    }

    @Test
    void everyPrimitiveSettingHasADefault() {
        assertThat(this.reference.properties()).filteredOn(ConfigurationReferenceTests::isOfAClient)
            .allSatisfy((property) -> {
                boolean described = property.path("description").asString().contains("y default")
                        || property.path("description").asString().contains("utomatically");
                assertThat(property.has("defaultValue") || described || isText(property)).as(property.toString())
                    .isTrue();
            });
    }

    private static boolean isOfAClient(JsonNode property) {
        String name = property.path("name").asString();
        return name.startsWith("memlink.") && !name.equals("memlink.clients") && !name.equals("memlink.cache.caches");
    }

    /** What is text, or a list of texts, is not set unless it is. */
    private static boolean isText(JsonNode property) {
        return property.path("type").asString().contains("java.lang.String");
    }

}
