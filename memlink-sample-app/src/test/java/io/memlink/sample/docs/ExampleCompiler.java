package io.memlink.sample.docs;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles what pages show: whole classes, members of a class, or statements. What a page
 * leaves out, such as imports and the names that it talks about, is added.
 */
final class ExampleCompiler {

    /** Where the names come from that a page need not import. */
    private static final String IMPORTS = List
        .of("java.math.BigDecimal", "java.time.*", "java.util.*", "java.util.concurrent.*", "io.memlink.*",
                "io.memlink.embedded.*", "io.memlink.error.*", "io.memlink.loading.*", "io.memlink.meta.Expiration",
                "io.memlink.placement.*", "io.memlink.spring.*", "io.memlink.spring.cache.*",
                "io.memlink.spring.boot.autoconfigure.*", "io.memlink.test.*", "io.memlink.transcoder.*",
                "org.junit.jupiter.api.*", "org.springframework.beans.factory.annotation.*",
                "org.springframework.boot.*", "org.springframework.boot.autoconfigure.*",
                "org.springframework.boot.test.context.*", "org.springframework.cache.CacheManager",
                "org.springframework.cache.annotation.*", "org.springframework.context.annotation.*",
                "org.springframework.core.ParameterizedTypeReference", "org.springframework.stereotype.*",
                "static io.memlink.sample.docs.ExampleNames.*", "static org.assertj.core.api.Assertions.*")
        .stream()
        .map((name) -> "import " + name + ";\n")
        .collect(Collectors.joining());

    private static final String CLASS = "Example";

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    private final Path directory;

    ExampleCompiler(Path directory) {
        this.directory = directory;
    }

    /** Compiles a block as whatever it is; fails with what each attempt was refused for. */
    Compiled compile(String code) throws IOException {
        String imports = code.lines().filter((line) -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String body = code.lines().filter((line) -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        String head = "package example;\n" + IMPORTS + imports + "\n";
        List<String> refusals = new ArrayList<>();
        String classes = body.replaceAll("(?m)^public (?=(final )?(class|record|interface) )", "");
        String[] forms = { "class " + CLASS + " {\n}\n" + classes,
                "public class " + CLASS + " {\n" + body + "\n}",
                "public class " + CLASS + " {\npublic static void run() throws Exception {\n" + body + "\n}\n}" };
        for (int i = 0; i < forms.length; i++) {
            String refusal = attempt(head + forms[i]);
            if (refusal.isEmpty()) {
                return new Compiled(this.directory, i == forms.length - 1);
            }
            refusals.add(refusal);
        }
        throw new AssertionError(String.join("\n", refusals) + "\n" + code);
    }

    private String attempt(String source) throws IOException {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///example/" + CLASS + ".java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        Files.createDirectories(this.directory);
        boolean compiled = this.compiler.getTask(null, null, diagnostics,
                List.of("-proc:none", "-parameters", "-d", this.directory.toString(), "-classpath",
                        System.getProperty("java.class.path")),
                null, List.of(file)).call();
        return compiled ? "" : diagnostics.getDiagnostics()
            .stream()
            .filter((diagnostic) -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
            .map((diagnostic) -> diagnostic.getMessage(null))
            .collect(Collectors.joining("; "));
    }

    /**
     * A block that compiles.
     *
     * @param directory where its classes are
     * @param runnable whether it consists of statements
     */
    record Compiled(Path directory, boolean runnable) {

        void run() throws Exception {
            try (URLClassLoader loader = new URLClassLoader(new URL[] { this.directory.toUri().toURL() },
                    getClass().getClassLoader())) {
                loader.loadClass("example." + CLASS).getMethod("run").invoke(null);
            }
        }

    }

}
