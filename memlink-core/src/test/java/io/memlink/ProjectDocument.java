package io.memlink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown page of the project: its headings, its links, and its tables. Immutable.
 *
 * @param path where it is
 * @param text its text, without what stands in code blocks
 */
record ProjectDocument(Path path, String text) {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern CODE_BLOCK = Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+?) *$", Pattern.MULTILINE);

    private static final Pattern LINK = Pattern.compile("\\[([^\\]\\[]+)]\\(([^)\\s]+)\\)");

    static ProjectDocument read(String path) throws IOException {
        Path file = ROOT.resolve(path);
        return new ProjectDocument(file, CODE_BLOCK.matcher(Files.readString(file)).replaceAll(""));
    }

    /** Returns all pages: those beside the build file, those of modules, and docs. */
    static List<ProjectDocument> all() throws IOException {
        List<ProjectDocument> documents = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path folder : Stream.concat(Stream.of(ROOT), modules.filter(ProjectDocument::isRead)).toList()) {
                for (Path page : pagesOf(folder)) {
                    documents.add(read(ROOT.relativize(page).toString()));
                }
            }
        }
        return documents;
    }

    private static boolean isRead(Path folder) {
        String name = folder.getFileName().toString();
        return Files.isDirectory(folder)
                && (name.equals("docs") || name.equals(".github") || Files.exists(folder.resolve("pom.xml")));
    }

    private static List<Path> pagesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter((file) -> file.toString().endsWith(".md")).sorted().toList();
        }
    }

    /** Returns the links that lead to files of the project or to headings. */
    List<Link> links() {
        return LINK.matcher(this.text)
            .results()
            .map((match) -> new Link(this, match.group(1), match.group(2)))
            .filter((link) -> !link.target().matches("[a-z]+:.*"))
            .toList();
    }

    /** Returns the anchors of the headings, as a browser of repositories makes them. */
    List<String> anchors() {
        return HEADING.matcher(this.text).results().map((match) -> anchor(match.group(1))).toList();
    }

    private static String anchor(String heading) {
        return LINK.matcher(heading)
            .replaceAll("$1")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N}_ -]", "")
            .replace(' ', '-');
    }

    /** Returns what stands under a heading, up to the next one of its level or above. */
    ProjectDocument section(String heading) {
        Matcher start = Pattern.compile("^(#{1,6}) +" + Pattern.quote(heading) + " *$", Pattern.MULTILINE)
            .matcher(this.text);
        if (!start.find()) {
            throw new AssertionError(this.path + ": no heading \"" + heading + "\"");
        }
        String rest = this.text.substring(start.end());
        Matcher end = Pattern.compile("^#{1," + start.group(1).length() + "} ", Pattern.MULTILINE).matcher(rest);
        return new ProjectDocument(this.path, end.find() ? rest.substring(0, end.start()) : rest);
    }

    /** Returns the cells of each row of the tables, without heads and rules. */
    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        List<String> lines = this.text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            boolean head = i + 1 < lines.size() && lines.get(i + 1).startsWith("|--");
            if (lines.get(i).startsWith("| ") && !head) {
                String line = lines.get(i);
                rows.add(Stream.of(line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|", -1))
                    .map(String::trim)
                    .toList());
            }
        }
        return rows;
    }

    @Override
    public String toString() {
        return ROOT.relativize(this.path).toString();
    }

    /**
     * A link to a file or a heading.
     *
     * @param from the page it is on
     * @param text what is shown
     * @param target where it leads, relative to the page
     */
    record Link(ProjectDocument from, String text, String target) {

        /** Returns the file it leads to, which may not exist. */
        Path file() {
            String file = this.target.replaceFirst("#.*", "");
            Path page = this.from.path();
            return file.isEmpty() ? page : page.resolveSibling(file).normalize();
        }

        /** Returns the anchor it leads to; empty where it leads to a whole page. */
        String anchor() {
            int hash = this.target.indexOf('#');
            return (hash < 0) ? "" : this.target.substring(hash + 1);
        }

        @Override
        public String toString() {
            return this.from + ": [" + this.text + "](" + this.target + ")";
        }

    }

}
