package io.memlink.spring.boot.autoconfigure.documents;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.memlink.spring.boot.autoconfigure.MemlinkProperties;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCachingProperties;
import io.memlink.spring.boot.autoconfigure.template.MemlinkCompressionProperties;
import io.memlink.spring.boot.autoconfigure.template.MemlinkSerializationProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.core.io.ByteArrayResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each sample in YAML of each page is bound, and every property in it must exist, those
 * of Spring Boot too.
 */
class YamlSampleTests {

    private static final Map<String, Class<?>> GROUPS = Map.of("memlink.cache", MemlinkCachingProperties.class,
            "memlink.serialization", MemlinkSerializationProperties.class, "memlink.compression",
            MemlinkCompressionProperties.class);

    /** Names, and whether they have names of the user below them. */
    private static final Map<String, Boolean> KNOWN = metadata();

    private static Map<String, Boolean> metadata() {
        Map<String, Boolean> known = new TreeMap<>();
        try {
            for (URL url : Collections.list(YamlSampleTests.class.getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
                try (InputStream in = url.openStream()) {
                    JsonNode properties = JsonMapper.shared().readTree(in).path("properties");
                    properties.forEach((property) -> known.merge(property.path("name").asString(),
                            property.path("type").asString("").startsWith("java.util.Map"), Boolean::logicalOr));
                }
            }
            return known;
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static List<Snippet> samples() {
        return Snippet.in("yaml");
    }

    @Test
    void thereAreSamples() {
        assertThat(samples()).hasSizeGreaterThan(12);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isBound(Snippet snippet) throws IOException {
        for (Map<String, Object> document : documents(snippet.text())) {
            if (document.containsKey("apiVersion")) {
                assertThat(document.keySet()).as("%s, which is for Kubernetes", snippet)
                    .contains("kind", "metadata.name");
            }
            else {
                assertThat(document.keySet()).as("properties of %s", snippet).allMatch(YamlSampleTests::isKnown);
                bind(document);
            }
        }
    }

    private static List<Map<String, Object>> documents(String yaml) throws IOException {
        return new YamlPropertySourceLoader()
            .load("sample", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
            .stream()
            .map(YamlSampleTests::resolved)
            .toList();
    }

    private static Map<String, Object> resolved(PropertySource<?> source) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(source);
        sources.addLast(new MapPropertySource("git", Map.of("git.commit.id.abbrev", "5d3c0a1")));
        PropertySourcesPropertyResolver resolver = new PropertySourcesPropertyResolver(sources);
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
            properties.put(name, String.valueOf(resolver.getProperty(name)));
        }
        return properties;
    }

    private static boolean isKnown(String property) {
        String name = property.replaceAll("\\[\\d+]$", "");
        return KNOWN.containsKey(name) || KNOWN.entrySet()
            .stream()
            .anyMatch((known) -> known.getValue() && name.startsWith(known.getKey() + "."));
    }

    private static void bind(Map<String, Object> document) {
        Map<String, Object> ofClients = new LinkedHashMap<>(document);
        ofClients.keySet().removeIf((name) -> name.matches("memlink\\.(observations|server-metrics)\\..*"));
        GROUPS.forEach((prefix, type) -> {
            bind(prefix, type, document);
            ofClients.keySet().removeIf((name) -> name.startsWith(prefix + "."));
        });
        bind("memlink", MemlinkProperties.class, ofClients);
    }

    private static void bind(String prefix, Class<?> type, Map<String, Object> properties) {
        new Binder(new MapConfigurationPropertySource(properties)).bind(prefix, Bindable.of(type),
                new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
    }

    @Test
    void aPropertyThatDoesNotExistIsNoticed() throws IOException {
        assertThat(isKnown("memlink.request-timout")).isFalse();
        assertThat(isKnown("management.endpoint.memlink.acces")).isFalse();
        Map<String, Object> unknown = documents("memlink:\n  cache:\n    caches:\n      products:\n        ttl: 1h\n")
            .get(0);
        assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(unknown));
    }

    @Test
    void aValueThatDoesNotFitIsNoticed() throws IOException {
        Map<String, Object> wrong = documents("memlink:\n  request-timeout: soon\n").get(0);
        assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(wrong));
    }

}
