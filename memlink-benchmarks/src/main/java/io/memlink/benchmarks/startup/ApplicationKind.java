package io.memlink.benchmarks.startup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An application by what is on its class path. */
enum ApplicationKind {

    /** Spring Boot and its logging. */
    PLAIN(""),

    /** Also Boot's starters for caching and Jackson, with caches in memory. */
    CACHING("|spring-boot-(starter-)?(cache|jackson)|spring-context-support|jackson-"),

    /** Also Memlink's starter. */
    STARTER(CACHING.added + "|memlink-|jctools-|netty-(common|buffer|resolver|transport|handler|codec-base)-\\d"
            + "|netty-transport-(native-unix-common|classes-\\w+)-\\d");

    private static final String BASE = "benchmarks|memlink-benchmarks|spring-boot-(starter-|autoconfigure-|starter-logging-)?\\d"
            + "|spring-(core|beans|aop|context|expression)-\\d|logback-|slf4j-|jul-to-|log4j-|jakarta.annotation-"
            + "|snakeyaml-|commons-logging-|jspecify-|micrometer-(commons|observation)-";

    private final String added;

    ApplicationKind(String added) {
        this.added = added;
    }

    String contender() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean hasCaches() {
        return this != PLAIN;
    }

    /** Returns what this kind needs of the class path of this JVM. */
    String classPath() {
        Pattern needed = Pattern.compile("(" + BASE + this.added + ").*");
        return entries().filter((entry) -> needed.matcher(nameOf(entry)).matches())
            .map(Path::toString)
            .collect(Collectors.joining(":"));
    }

    /** A jar of this module names the others in its manifest; they lie beside it. */
    private static Stream<Path> entries() {
        List<Path> entries = Stream.of(System.getProperty("java.class.path").split(":")).map(Path::of).toList();
        Path jar = entries.get(0).toAbsolutePath();
        if (entries.size() > 1 || jar.getParent() == null) {
            return entries.stream();
        }
        try (Stream<Path> libraries = Files.list(jar.resolveSibling("lib"))) {
            return Stream.concat(Stream.of(jar), libraries.sorted().toList().stream());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Directories of classes are called after their module. */
    private static String nameOf(Path entry) {
        Path module = entry;
        while (!module.toString().endsWith(".jar") && module.getParent() != null
                && !module.getFileName().toString().startsWith("memlink-")) {
            module = module.getParent();
        }
        return String.valueOf(module.getFileName());
    }

}
