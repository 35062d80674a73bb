package io.memlink.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The allow-list of classes: packages with everything below them, and single classes with
 * their nested ones. Classes of the JDK are never on it; the format knows its own.
 * Immutable, and safe for use by many threads.
 */
public final class TrustedClasses {

    private static final List<String> NEVER = List.of("java.", "jdk.", "sun.", "com.sun.");

    /** Looking takes the square of the length. */
    private static final int MAX_LENGTH = 1000;

    private final Set<String> names;

    private TrustedClasses(Set<String> names) {
        this.names = names;
    }

    /**
     * Trusts packages and classes.
     * @param names names of packages, such as {@code com.acme.shop}, or of classes, such
     * as {@code org.joda.money.Money}
     * @return the list
     * @throws IllegalArgumentException if a name is no name
     */
    public static TrustedClasses of(String... names) {
        return of(Arrays.asList(names));
    }

    /**
     * Trusts packages and classes.
     * @param names names of packages or of classes
     * @return the list
     * @throws IllegalArgumentException if a name is no name
     */
    public static TrustedClasses of(Collection<String> names) {
        for (String name : names) {
            if (!isName(name)) {
                throw new IllegalArgumentException(
                        "names: \"" + name + "\" (expected: the name of a package or of a class)");
            }
        }
        return new TrustedClasses(Set.copyOf(names));
    }

    private static boolean isName(String name) {
        if (name.isEmpty()) {
            return false;
        }
        for (String part : name.split("\\.", -1)) {
            if (part.isEmpty() || !Character.isJavaIdentifierStart(part.charAt(0))
                    || !part.chars().allMatch(Character::isJavaIdentifierPart)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Tells whether a class may be loaded because bytes name it, and written by name.
     * @param className the binary name of a class that is no array
     * @return whether it, one around it, or its package is on the list
     */
    public boolean allows(String className) {
        for (String prefix : NEVER) {
            if (className.startsWith(prefix)) {
                return false;
            }
        }
        if (className.length() > MAX_LENGTH || !isName(className)) {
            return false;
        }
        for (int i = 1; i < className.length(); i++) {
            char c = className.charAt(i);
            if ((c == '.' || c == '$') && this.names.contains(className.substring(0, i))) {
                return true;
            }
        }
        return this.names.contains(className);
    }

    @Override
    public String toString() {
        return this.names.toString();
    }

}
