package io.memlink.spring.boot.autoconfigure.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Name of a setting, in the form in which names are compared: small letters and digits,
 * without dashes and without the index of an element of a list.
 *
 * @param elements what stands between the dots, {@code memlink} first
 * @param written the same as somebody wrote it
 * @param variable whether it is an environment variable, in which an underscore may stand
 * for a dot or, as some write it, for a dash
 */
record SettingName(List<String> elements, List<String> written, boolean variable) {

    private static final String PREFIX = "memlink";

    static boolean isOfMemlink(String name) {
        return name.length() > PREFIX.length() + 1 && name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
                && "._[".indexOf(name.charAt(PREFIX.length())) >= 0;
    }

    static SettingName of(String name) {
        ConfigurationPropertyName adapted = ConfigurationPropertyName.adapt(name, '.');
        List<String> written = new ArrayList<>();
        for (int i = 0; i < adapted.getNumberOfElements(); i++) {
            if (i == 0 || !adapted.isNumericIndex(i)) {
                written.add(adapted.getElement(i, Form.ORIGINAL));
            }
        }
        return of(written, false);
    }

    static SettingName ofVariable(String name) {
        List<String> written = new ArrayList<>();
        for (String element : name.split("_")) {
            if (!element.isEmpty() && !element.chars().allMatch(Character::isDigit)) {
                written.add(element.toLowerCase(Locale.ROOT));
            }
        }
        return of(written, true);
    }

    private static SettingName of(List<String> written, boolean variable) {
        return new SettingName(written.stream().map(SettingName::uniform).toList(), written, variable);
    }

    private static String uniform(String element) {
        return element.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    int size() {
        return this.elements.size();
    }

    boolean startsWith(String... first) {
        return size() > first.length && this.elements.subList(0, first.length).equals(List.of(first));
    }

    /** Returns the rest behind a number of elements. */
    SettingName from(int index) {
        return of(this.written.subList(Math.min(index, size()), size()), this.variable);
    }

    /** Returns this under another name, which may have several elements. */
    SettingName under(String... first) {
        List<String> written = new ArrayList<>(List.of(first));
        written.addAll(this.written);
        return of(written, this.variable);
    }

    /** Returns this with other words for the last element, where there are some. */
    SettingName withLast(Map<String, String> words) {
        List<String> written = new ArrayList<>(this.written);
        int last = size() - 1;
        written.set(last, words.getOrDefault(this.elements.get(last), written.get(last)));
        return of(written, this.variable);
    }

    /**
     * Returns this with as many elements made one as make a name: a variable cannot tell
     * a dash from a dot.
     * @param index where the name begins
     * @param names those that are known
     */
    SettingName joined(int index, Set<String> names) {
        for (int end = size() - 1; this.variable && end > index + 1; end--) {
            String name = String.join("", this.elements.subList(index, end));
            if (names.contains(name)) {
                List<String> written = new ArrayList<>(this.written.subList(0, index));
                written.add(name);
                written.addAll(this.written.subList(end, size()));
                return of(written, true);
            }
        }
        return this;
    }

    /** Returns what is compared. */
    String text() {
        return String.join(this.variable ? "" : ".", this.elements);
    }

    /** Returns what is compared of a name with dots and dashes. */
    String textOf(String property) {
        return property.replace("-", "").replace(this.variable ? "." : "-", "");
    }

}
