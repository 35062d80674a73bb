package io.memlink.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheProperties;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page that lists the properties, made of the metadata that tools read.
 */
final class ConfigurationReference {

    private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

    private static final Path SOURCES = Path.of("target/classes/META-INF/spring/configuration-metadata");

    private static final String INTRODUCTION = """
            # Configuration

            All properties of the starter, as tools show them. Durations are written as `500ms`, `10s` or `1h`, sizes as `64KB` or
            `2MB`. Each property can be given as an environment variable too: `MEMLINK_REQUEST_TIMEOUT=200ms`.

            This page is generated from the metadata, and a test keeps it up to date. After a change of a property, regenerate it:

            ```
            ./mvnw -q -pl memlink-spring-boot-autoconfigure -am test -Dtest=ConfigurationReferenceTests \\
                -Dsurefire.failIfNoSpecifiedTests=false -Dmemlink.docs.write=true
            ```
            """;

    private final JsonMapper mapper = new JsonMapper();

    private final Map<String, JsonNode> hints = new TreeMap<>();

    /** Returns the properties in the order of their names. */
    List<JsonNode> properties() {
        List<JsonNode> properties = new ArrayList<>();
        read(METADATA).path("properties").forEach(properties::add);
        properties.sort(Comparator.comparing((property) -> property.path("name").asString()));
        return properties;
    }

    /** Returns the page. */
    String render() {
        read(METADATA).path("hints").forEach((hint) -> this.hints.put(hint.path("name").asString(), hint));
        StringBuilder page = new StringBuilder(INTRODUCTION);
        List<JsonNode> properties = properties();
        section(page, "The client", "memlink.",
                properties.stream()
                    .filter((property) -> nameOf(property).startsWith("memlink.") && !isOfCache(property))
                    .toList());
        page.append(
                """

                        A client under `memlink.clients.<name>.` has the same settings as the unnamed one, from `backends` to `ssl`. A setting that is
                        absent has its default, not the value of the unnamed client. In an environment variable its name has neither dashes nor
                        capital letters: `MEMLINK_CLIENTS_AB_USERNAME` is a setting of the client `a-b`. Names that differ in nothing else are refused.
                        """);
        section(page, "Spring's caches", "memlink.cache.",
                properties.stream().filter(ConfigurationReference::isOfCache).toList());
        section(page, "Single caches", "memlink.cache.caches.<name>.", cacheProperties());
        section(page, "Actuator", "management.",
                properties.stream().filter((property) -> nameOf(property).startsWith("management.")).toList());
        return page.toString();
    }

    private static boolean isOfCache(JsonNode property) {
        return nameOf(property).startsWith("memlink.cache.");
    }

    private static String nameOf(JsonNode property) {
        return property.path("name").asString();
    }

    private List<JsonNode> cacheProperties() {
        List<JsonNode> properties = new ArrayList<>();
        read(SOURCES.resolve(MemlinkCacheProperties.class.getName() + ".json")).path("properties")
            .forEach(properties::add);
        properties.sort(Comparator.comparing(ConfigurationReference::nameOf));
        return properties;
    }

    private JsonNode read(Path file) {
        try {
            return this.mapper.readTree(Files.readString(file));
        }
        catch (IOException ex) {
            throw new IllegalStateException(file + " (expected: metadata, written by the compiler)", ex);
        }
    }

    private void section(StringBuilder page, String title, String prefix, List<JsonNode> properties) {
        page.append("\n## ").append(title).append("\n\n| Property | Type | Default | |\n|---|---|---|---|\n");
        for (JsonNode property : properties) {
            String name = nameOf(property).startsWith(prefix) ? nameOf(property) : prefix + nameOf(property);
            page.append("| `")
                .append(name)
                .append("` | ")
                .append(type(property.path("type").asString()))
                .append(" | ")
                .append(defaultOf(property.path("defaultValue")))
                .append(" | ")
                .append(property.path("description").asString().replace("|", "\\|"))
                .append(values(name, property.path("type").asString()))
                .append(" |\n");
        }
    }

    private static String type(String name) {
        if (name.startsWith("java.util.Map<")) {
            return "map by name";
        }
        String simple = name.replaceAll("[a-z]+\\.|[A-Za-z]+\\$", "");
        return "`" + simple + "`";
    }

    private static String defaultOf(JsonNode value) {
        if (value.isMissingNode() || value.isArray() && value.isEmpty() || value.asString().isEmpty()) {
            return value.isBoolean() || value.isNumber() ? "`" + value + "`" : "";
        }
        return "`" + value.asString() + "`";
    }

    private String values(String name, String type) {
        JsonNode hint = this.hints.get(name);
        if (hint != null) {
            StringBuilder values = new StringBuilder();
            hint.path("values").forEach((value) -> {
                String description = value.path("description").asString().replaceAll("\\.$", "");
                values.append(values.isEmpty() ? " " : "; ")
                    .append("`" + value.path("value").asString() + "`")
                    .append(description.isEmpty() ? "" : ": " + description);
            });
            return values + ".";
        }
        Class<?> enumeration = enumeration(type);
        return (enumeration == null) ? ""
                : " One of " + String.join(", ",
                        Arrays.stream(enumeration.getEnumConstants()).map(ConfigurationReference::kebab).toList())
                        + ".";
    }

    private static Class<?> enumeration(String type) {
        try {
            Class<?> found = Class.forName(type);
            return found.isEnum() ? found : null;
        }
        catch (ClassNotFoundException ex) {
            return null;
        }
    }

    private static String kebab(Object constant) {
        return "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`";
    }

}
