package io.memlink.embedded.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The jar that runs on its own, as it was packaged.
 */
class ServerJarIntegrationTests {

    @Test
    void hasTheLicencesOfWhatItContains() throws IOException {
        assertThat(text("META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("../LICENSE")));
        assertThat(text("META-INF/LICENSE.txt")).contains("QOS.ch", "Permission is hereby granted, free  of charge");
        assertThat(text("META-INF/NOTICE")).contains("Netty", "SLF4J", "JCTools");
    }

    private static String text(String name) throws IOException {
        try (JarFile jar = new JarFile(serverJar().toFile())) {
            ZipEntry entry = jar.getEntry(name);
            assertThat(entry).as(name).isNotNull();
            return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Path serverJar() {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter((file) -> file.getFileName().toString().endsWith("-server.jar"))
                .findAny()
                .orElseThrow();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
