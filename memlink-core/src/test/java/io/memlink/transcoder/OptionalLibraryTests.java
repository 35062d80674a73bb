package io.memlink.transcoder;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OptionalLibraryTests {

    @ParameterizedTest
    @CsvSource({ "zstd,com.github.luben:zstd-jni", "lz4,at.yawk.lz4:lz4-java" })
    void namesWhatIsMissing(String name, String artifact) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(classPathWithoutLibraries(),
                ClassLoader.getPlatformClassLoader())) {
            Method named = loader.loadClass(Compression.class.getName()).getMethod("named", String.class);
            assertThat(named.invoke(null, "gzip")).hasToString("INSTANCE");
            assertThatThrownBy(() -> named.invoke(null, name)).isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("compression: " + name + " (expected: " + artifact + " on the class path)");
        }
    }

    private static URL[] classPathWithoutLibraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter((entry) -> !entry.contains("zstd-jni") && !entry.contains("lz4-java"))
            .map(OptionalLibraryTests::url)
            .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        }
        catch (MalformedURLException ex) {
            throw new IllegalArgumentException(entry, ex);
        }
    }

}
