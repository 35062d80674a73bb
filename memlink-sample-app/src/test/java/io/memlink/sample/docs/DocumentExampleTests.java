package io.memlink.sample.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the README and of docs: Java is compiled, and run where it consists of
 * statements; the configuration of an application is used to start one.
 */
class DocumentExampleTests {

    private static final Pattern SERVER = Pattern.compile("cache-[0-9]:11211");

    /** What the configuration of an application begins with. */
    private static final Pattern CONFIGURATION = Pattern.compile("(memlink|spring|management)\\b.*");

    /** Names what only the application of the reader has. */
    private static final Pattern FOREIGN = Pattern.compile("transcoder|conversion-service|time-to-live-function");

    private static ConfigurableApplicationContext application;

    private static EmbeddedMemcached server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        server = EmbeddedMemcached.start();
        application = start(Map.of());
        ExampleNames.use(application);
    }

    private static ConfigurableApplicationContext start(Map<String, Object> configuration) {
        // Not that of the sample application, which has a configuration of its own.
        List<String> arguments = new ArrayList<>(List.of("--spring.config.location=optional:classpath:/none/"));
        configuration.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
            .run(arguments.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        application.close();
        server.close();
    }

    static List<DocumentExample> java() {
        return DocumentExample.all("java");
    }

    @ParameterizedTest
    @MethodSource
    void java(DocumentExample example) throws Exception {
        String address = "127.0.0.1:" + server.port();
        // Once each, since a client refuses to be given a server twice.
        String code = SERVER.matcher(example.code()).replaceFirst(address).replaceAll(", *\"" + SERVER + "\"", "");
        ExampleCompiler.Compiled compiled = new ExampleCompiler(this.directory).compile(code);
        if (compiled.runnable()) {
            compiled.run();
        }
    }

    static List<DocumentExample> yaml() {
        return DocumentExample.all("yaml");
    }

    @ParameterizedTest
    @MethodSource
    void yaml(DocumentExample example) throws IOException {
        Map<String, Object> properties = properties(example.code());
        assertThat(properties).isNotEmpty();
        if (!properties.keySet().stream().allMatch((name) -> CONFIGURATION.matcher(name).matches())
                || properties.keySet().stream().anyMatch((name) -> FOREIGN.matcher(name).find())) {
            return;
        }
        try (ConfigurableApplicationContext started = start(properties)) {
            assertThat(started.isRunning()).isTrue();
            assertThat(properties.keySet().stream().filter((name) -> name.startsWith("memlink.")))
                .allSatisfy((name) -> assertThat(DocumentedProperties.isKnown(name)).as(name).isTrue());
        }
    }

    /** No more than what Memlink needs, since one is started for each example. */
    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    @AutoConfigurationPackage
    @ImportAutoConfiguration({ JacksonAutoConfiguration.class, SslAutoConfiguration.class,
            MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class, CacheAutoConfiguration.class,
            MemlinkCacheAutoConfiguration.class })
    static class Application {

    }

    private static Map<String, Object> properties(String yaml) throws IOException {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (PropertySource<?> source : new YamlPropertySourceLoader().load("example",
                new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))) {
            EnumerablePropertySource<?> document = (EnumerablePropertySource<?>) source;
            for (String name : document.getPropertyNames()) {
                properties.put(name, document.getProperty(name));
            }
        }
        return properties;
    }

}
