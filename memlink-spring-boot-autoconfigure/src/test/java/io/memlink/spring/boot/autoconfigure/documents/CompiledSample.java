package io.memlink.spring.boot.autoconfigure.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A sample of a page, compiled within as little as it needs: statements in a method,
 * methods in a class, and classes as they are. A sample that shows its imports gets no
 * others but those of {@link SampleWorld}.
 *
 * @param snippet what the page shows
 * @param kind what it consists of
 * @param classes the classes it became
 */
record CompiledSample(Snippet snippet, Kind kind, List<Class<?>> classes) {

    private static final String PACKAGE = "shop";

    private static final Pattern TYPE = Pattern.compile("^(?:public |final )*(?:class|record|@?interface|enum) \\w+",
            Pattern.MULTILINE);

    private static final List<String> IMPORTS = Stream
        .of("java.io", "java.time", "java.util", "java.util.concurrent", "io.memlink", "io.memlink.embedded",
                "io.memlink.loading", "io.memlink.meta", "io.memlink.spring", "io.memlink.spring.cache",
                "io.memlink.test", "io.memlink.test.slice", "io.memlink.value", "org.junit.jupiter.api",
                "org.springframework.beans.factory.annotation", "org.springframework.boot.autoconfigure",
                "org.springframework.boot.test.context", "org.springframework.cache",
                "org.springframework.cache.annotation", "org.springframework.context.annotation",
                "org.springframework.stereotype")
        .map((name) -> name + ".*")
        .toList();

    private static final List<String> STATIC_IMPORTS = List.of(SampleWorld.class.getName() + ".*",
            "org.assertj.core.api.Assertions.assertThat", "io.memlink.test.slice.MemlinkCacheAssert.assertThatCache");

    enum Kind {

        STATEMENTS, BEANS, TEST_METHODS, TYPES

    }

    /**
     * Compiles a sample.
     * @param snippet what the page shows
     * @param edited the same, with servers that are there
     * @param folder where the classes go
     * @throws AssertionError where it is not Java
     */
    static CompiledSample of(Snippet snippet, String edited, Path folder) {
        List<String> imports = edited.lines().filter((line) -> line.startsWith("import ")).toList();
        String body = edited.lines().filter((line) -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        Kind kind = kindOf(body.strip());
        String source = "package " + PACKAGE + ";\n\n" + header(imports) + frame(kind, body);
        return new CompiledSample(snippet, kind, compile(snippet, source, folder));
    }

    private static Kind kindOf(String body) {
        if (body.startsWith("@Bean")) {
            return Kind.BEANS;
        }
        if (body.startsWith("@Test")) {
            return Kind.TEST_METHODS;
        }
        return TYPE.matcher(body).find() ? Kind.TYPES : Kind.STATEMENTS;
    }

    private static String header(List<String> imports) {
        List<String> lines = new ArrayList<>(imports);
        if (imports.isEmpty()) {
            IMPORTS.forEach((name) -> lines.add("import " + name + ";"));
        }
        STATIC_IMPORTS.forEach((name) -> lines.add("import static " + name + ";"));
        return String.join("\n", lines) + "\n\n";
    }

    private static String frame(Kind kind, String body) {
        return switch (kind) {
            case STATEMENTS ->
                "public class Sample {\npublic static void run() throws Exception {\n" + body + "\n}\n}\n";
            case BEANS -> "@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)\n"
                    + "class Sample {\n" + body + "\n}\n";
            case TEST_METHODS -> "class Sample extends " + SampleWorld.class.getName() + " {\n" + body + "\n}\n";
            case TYPES -> body;
        };
    }

    private static List<Class<?>> compile(Snippet snippet, String source, Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, null)) {
            Path file = Files.writeString(folder.resolve("Sample.java"), source);
            List<String> options = List.of("-parameters", "-proc:none", "-d", folder.toString(), "-classpath",
                    System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(null, files, diagnostics, options, null, files.getJavaFileObjects(file))
                .call();
            if (!compiled) {
                throw new AssertionError(
                        snippet + " does not compile: " + diagnostics.getDiagnostics() + "\n" + source);
            }
            return load(folder);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static List<Class<?>> load(Path folder) throws IOException {
        URLClassLoader loader = new URLClassLoader(new URL[] { folder.toUri().toURL() },
                CompiledSample.class.getClassLoader());
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve(PACKAGE))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                classes.add(loader.loadClass(PACKAGE + "." + name));
            }
        }
        catch (ClassNotFoundException ex) {
            throw new IllegalStateException(ex);
        }
        return classes;
    }

    ClassLoader loader() {
        return this.classes.get(0).getClassLoader();
    }

}
