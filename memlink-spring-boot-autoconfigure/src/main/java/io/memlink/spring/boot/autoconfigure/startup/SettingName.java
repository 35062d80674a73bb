package io.memlink.spring.boot.autoconfigure.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Name of a setting as somebody wrote it, in the form in which names are compared: small
 * letters and digits, without dashes and without the index of an element of a list.
 *
 * @param elements what stands between the dots, {@code memlink} first
 * @param variable whether it is an environment variable, in which an underscore may stand
 * for a dot or, as some write it, for a dash
 */
record SettingName(List<String> elements, boolean variable) {

    private static final String PREFIX = "memlink";

    static boolean isOfMemlink(String name) {
        return name.length() > PREFIX.length() + 1 && name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
                && "._[".indexOf(name.charAt(PREFIX.length())) >= 0;
    }

    static SettingName of(String name) {
        ConfigurationPropertyName adapted = ConfigurationPropertyName.adapt(name, '.');
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < adapted.getNumberOfElements(); i++) {
            if (i == 0 || !adapted.isNumericIndex(i)) {
                elements.add(uniform(adapted.getElement(i, Form.ORIGINAL)));
            }
        }
        return new SettingName(elements, false);
    }

    static SettingName ofVariable(String name) {
        List<String> elements = new ArrayList<>();
        for (String element : name.split("_")) {
            if (!element.isEmpty() && !element.chars().allMatch(Character::isDigit)) {
                elements.add(uniform(element));
            }
        }
        return new SettingName(elements, true);
    }

    private static String uniform(String element) {
        return element.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    boolean startsWith(String... first) {
        return this.elements.size() > first.length && this.elements.subList(0, first.length).equals(List.of(first));
    }

    /** Returns the rest behind a number of elements. */
    SettingName from(int index) {
        return new SettingName(this.elements.subList(Math.min(index, this.elements.size()), this.elements.size()),
                this.variable);
    }

    /** Returns this under another name, which may have several elements. */
    SettingName under(String... first) {
        List<String> elements = new ArrayList<>(List.of(first));
        elements.addAll(this.elements);
        return new SettingName(elements, this.variable);
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
