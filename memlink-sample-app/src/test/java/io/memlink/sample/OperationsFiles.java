package io.memlink.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.yaml.snakeyaml.Yaml;

/**
 * The dashboard and the alert rules of {@code docs/operations}.
 */
final class OperationsFiles {

    private static final Path DIRECTORY = Path.of("..", "docs", "operations");

    private OperationsFiles() {
    }

    /** Returns the expressions of a file; JSON is YAML too. */
    static List<String> expressions(String file) {
        List<String> expressions = new ArrayList<>();
        collect(load(file), expressions);
        return expressions;
    }

    private static void collect(Object node, List<String> expressions) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("expr") instanceof String expression) {
                expressions.add(expression);
            }
            map.values().forEach((value) -> collect(value, expressions));
        }
        else if (node instanceof Collection<?> values) {
            values.forEach((value) -> collect(value, expressions));
        }
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> rules() {
        List<Map<String, Object>> groups = (List<Map<String, Object>>) load("alerts.yml").get("groups");
        return groups.stream().flatMap((group) -> ((List<Map<String, Object>>) group.get("rules")).stream()).toList();
    }

    private static Map<String, Object> load(String file) {
        try {
            return new Yaml().load(Files.readString(DIRECTORY.resolve(file)));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
