package io.memlink.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Names that an application gives to groups of settings, such as those of its clients. An
 * environment variable cannot show dashes or capital letters: {@code
 * MEMLINK_CLIENTS_AB_USERNAME} is a setting of the client {@code a-b} where there is one.
 * Otherwise names that Spring Boot takes for the same are refused, since each would have
 * the settings of the other.
 *
 * @since 0.1.0
 */
public final class NamedSettings {

    private NamedSettings() {
    }

    /**
     * Returns names without those that are only another spelling of one among them.
     * @param environment holds the properties
     * @param prefix what the names are below, such as {@code memlink.clients}
     * @param bound the names as they were bound
     * @return the names that somebody gave
     * @throws InvalidConfigurationPropertyValueException where two of these differ only
     * by dashes or by case
     */
    public static Set<String> distinct(Environment environment, String prefix, Set<String> bound) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        bound.forEach((name) -> alike.computeIfAbsent(uniform(name), (absent) -> new ArrayList<>()).add(name));
        Set<String> names = new LinkedHashSet<>();
        alike.forEach((uniform, spellings) -> names
            .add((spellings.size() == 1) ? spellings.get(0) : spelling(environment, prefix, spellings)));
        return names;
    }

    private static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
    }

    private static String spelling(Environment environment, String prefix, List<String> spellings) {
        Set<String> written = written(environment, ConfigurationPropertyName.of(prefix));
        List<String> chosen = spellings.stream().filter(written::contains).toList();
        if (chosen.size() > 1) {
            throw new InvalidConfigurationPropertyValueException(prefix, spellings,
                    "The names " + String.join(" and ", chosen)
                            + " are the same to Spring Boot, so that each has the settings of the other"
                            + " (expected: names that differ by more than case and dashes).");
        }
        return chosen.isEmpty() ? spellings.get(0) : chosen.get(0);
    }

    /** Returns the names elsewhere than in environment variables. */
    private static Set<String> written(Environment environment, ConfigurationPropertyName prefix) {
        Set<String> written = new LinkedHashSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names && !isOfTheSystem(source)) {
                names.stream()
                    .filter(prefix::isAncestorOf)
                    .forEach((name) -> written.add(name.getElement(prefix.getNumberOfElements(), Form.ORIGINAL)));
            }
        }
        return written;
    }

    private static boolean isOfTheSystem(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
    }

}
