package io.memlink.transcoder;

import java.io.ObjectInputFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One element of a pattern of {@link ObjectInputFilter.Config#createFilter}, as far as it
 * can be asked about a class that is not loaded.
 *
 * @param name a name, or the beginning of one with {@code *}, {@code .*} or {@code .**}
 * @param rejects whether what matches is refused
 */
record ClassNamePattern(String name, boolean rejects) {

    private static final Set<String> PRIMITIVES = Set.of("boolean", "byte", "char", "short", "int", "long", "float",
            "double", "void");

    static List<ClassNamePattern> listOf(String patterns) {
        List<ClassNamePattern> list = new ArrayList<>();
        for (String element : patterns.split(";")) {
            boolean rejects = element.startsWith("!");
            boolean ofModule = element.contains("/");
            // Whether a class is of a module is known once it is loaded.
            if (!element.isEmpty() && !element.contains("=") && !(rejects && ofModule)) {
                String name = rejects ? element.substring(1) : element;
                list.add(new ClassNamePattern(name.substring(name.indexOf('/') + 1), rejects));
            }
        }
        return list;
    }

    /** Returns what is asked about an array; {@code null} for a primitive type. */
    static @Nullable String elementType(String className) {
        String type = className.substring(className.lastIndexOf('[') + 1);
        if (type.length() == className.length()) {
            return PRIMITIVES.contains(type) ? null : type;
        }
        return (type.length() > 2) ? type.substring(1, type.length() - 1) : null;
    }

    boolean matches(String className) {
        if (this.name.endsWith(".*")) {
            String prefix = this.name.substring(0, this.name.length() - 1);
            return className.startsWith(prefix) && className.lastIndexOf('.') == prefix.length() - 1;
        }
        int star = this.name.indexOf('*');
        return (star < 0) ? className.equals(this.name) : className.startsWith(this.name.substring(0, star));
    }

}
