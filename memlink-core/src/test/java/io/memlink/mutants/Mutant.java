package io.memlink.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A small sabotage of one source that breaks one promise. Never applied to the source
 * itself. Read from a file of the folder {@code mutants}: <pre>
 * promise: what is promised, in one line
 * file: the source, from the root of the project
 * tests: who has to notice, in the module of the source: Class or Class#method, ...
 *
 * -a line that is taken out
 * +a line that takes its place
 *  a line that stays, which says where
 * </pre> Immutable.
 *
 * @param name the name of its file
 * @param promise what it breaks
 * @param file the source, from the root of the project
 * @param tests who has to notice
 * @param before lines that are in the source once
 * @param after lines that take their place
 */
record Mutant(String name, String promise, String file, List<String> tests, String before, String after) {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Path FOLDER = ROOT.resolve("mutants");

    private static final String ENDING = ".txt";

    /** Returns all of them, by their names. */
    static List<Mutant> all() throws IOException {
        List<Mutant> mutants = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                mutants.add(read(file));
            }
        }
        return mutants;
    }

    private static Mutant read(Path file) throws IOException {
        String text = Files.readString(file);
        int body = text.indexOf("\n\n");
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        text.substring(body + 2).lines().forEach((line) -> {
            String content = line.substring(Math.min(1, line.length())) + '\n';
            before.append(line.startsWith("+") ? "" : content);
            after.append(line.startsWith("-") ? "" : content);
        });
        List<String> tests = List.of(header(text, "tests").split(", *"));
        return new Mutant(file.getFileName().toString().replace(ENDING, ""), header(text, "promise"),
                header(text, "file"), tests, before.toString(), after.toString());
    }

    private static String header(String text, String name) {
        return text.lines()
            .takeWhile((line) -> !line.isEmpty())
            .filter((line) -> line.startsWith(name + ": "))
            .map((line) -> line.substring(name.length() + 2))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no line \"" + name + ": \" in " + text));
    }

    /** Returns the folder of the module that its source belongs to. */
    Path module() {
        return ROOT.resolve(this.file.substring(0, this.file.indexOf('/')));
    }

    String source() throws IOException {
        return Files.readString(ROOT.resolve(this.file));
    }

    /** Returns the name of the type that the source declares. */
    String type() {
        String path = this.file.substring(this.file.indexOf("java/") + "java/".length());
        return path.substring(0, path.lastIndexOf('.')).replace('/', '.');
    }

    /** Returns how often the lines that are replaced are in the source. */
    int places() throws IOException {
        return ('\n' + source()).split(Pattern.quote('\n' + this.before), -1).length - 1;
    }

    /** Returns the source with the sabotage. */
    String sabotaged() throws IOException {
        return source().replace(this.before, this.after);
    }

    /** Returns the file of the class of a test, in the module of the source. */
    Path testFile(String test) throws IOException {
        String file = test.replaceFirst("#.*", "") + ".java";
        try (Stream<Path> files = Files.walk(module().resolve("src/test/java"))) {
            return files.filter((path) -> path.endsWith(file))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no test " + test + " in " + module()));
        }
    }

    /** Returns a test by the full name of its class. */
    String fullName(String test) throws IOException {
        String path = module().resolve("src/test/java").relativize(testFile(test)).toString();
        String type = path.substring(0, path.lastIndexOf('.')).replace('/', '.');
        return type + (test.contains("#") ? test.substring(test.indexOf('#')) : "");
    }

}
