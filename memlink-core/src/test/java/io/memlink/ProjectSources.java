package io.memlink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Java sources of the project, as documents speak of them.
 */
final class ProjectSources {

    private static final Pattern TYPE = Pattern
        .compile("^ *(?:[\\w@-]+ )*(?:class|interface|record|enum|@interface) +(\\w+)\\b", Pattern.MULTILINE);

    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);

    private static final Pattern EXPORT = Pattern.compile("^ *exports ([\\w.]+);", Pattern.MULTILINE);

    private ProjectSources() {
    }

    /** Returns the simple names of the types that a source declares, nested ones too. */
    static Set<String> typesIn(Path file) throws IOException {
        return TYPE.matcher(Files.readString(file))
            .results()
            .map((match) -> match.group(1))
            .collect(Collectors.toSet());
    }

    /** Returns the simple names of all types of all modules. */
    static Collection<String> types() throws IOException {
        Set<String> types = new TreeSet<>();
        for (Path file : sourcesBelow(Path.of(".."))) {
            types.addAll(typesIn(file));
        }
        return types;
    }

    /** Returns the packages of the client, and whether each is exported. */
    static Map<String, Boolean> packagesOfTheClient() throws IOException {
        Path main = Path.of("src", "main", "java");
        Set<String> exported = EXPORT.matcher(Files.readString(main.resolve("module-info.java")))
            .results()
            .map((match) -> match.group(1))
            .collect(Collectors.toSet());
        Map<String, Boolean> packages = new TreeMap<>();
        for (Path file : sourcesBelow(main)) {
            PACKAGE.matcher(Files.readString(file))
                .results()
                .forEach((match) -> packages.put(match.group(1), exported.contains(match.group(1))));
        }
        return packages;
    }

    /** Returns the texts of the client's sources by the names of their types. */
    static Map<String, String> textsOfTheClient() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : sourcesBelow(Path.of("src", "main", "java"))) {
            String name = file.getFileName().toString().replace(".java", "");
            texts.merge(name, Files.readString(file), String::concat);
        }
        return texts;
    }

    /** Returns the text of a source of the client's tests. */
    static String textOfTest(Class<?> type) throws IOException {
        return Files.readString(Path.of("src", "test", "java", type.getName().replace('.', '/') + ".java"));
    }

    private static List<Path> sourcesBelow(Path folder) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter((file) -> file.toString().endsWith(".java"))
                .filter((file) -> !file.toString().contains("target"))
                .forEach(sources::add);
        }
        return sources;
    }

}
