package io.memlink.spring.boot.autoconfigure.startup;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.memlink.spring.boot.autoconfigure.MemlinkProperties;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCachingProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.json.BasicJsonParser;

/**
 * Names of all properties under {@code memlink.}, from the metadata that editors complete
 * them by. Immutable.
 *
 * @param all those that stand alone
 * @param ofClients those of each client, without {@code memlink.}
 * @param ofCaches those of each cache, without {@code memlink.cache.}
 */
record KnownProperties(Set<String> all, Set<String> ofClients, Set<String> ofCaches) {

    private static final String PREFIX = "memlink.";

    private static final String CACHE = PREFIX + "cache.";

    private static final String CLIENTS = PREFIX + "clients";

    private static final String CACHES = CACHE + "caches";

    private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");

    /** Groups of settings that are those of no client. */
    private static final List<String> COMMON = List.of("cache.", "serialization.", "compression.", "server-metrics.",
            "observations.");

    /** Reads them; there are none where the metadata was left out, as in an image. */
    static KnownProperties load() {
        Set<String> names = names();
        Set<String> common = own(MemlinkProperties.class);
        Set<String> ofClients = names.stream()
            .map((name) -> name.substring(PREFIX.length()))
            .filter((name) -> !common.contains(name) && COMMON.stream().noneMatch(name::startsWith))
            .collect(Collectors.toCollection(TreeSet::new));
        Set<String> ofAllCaches = own(MemlinkCachingProperties.class);
        Set<String> ofCaches = names.stream()
            .filter((name) -> name.startsWith(CACHE))
            .map((name) -> name.substring(CACHE.length()))
            .filter((name) -> !ofAllCaches.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
        return new KnownProperties(names, ofClients, ofCaches);
    }

    private static Set<String> own(Class<?> type) {
        return Stream.of(type.getDeclaredFields())
            .map(Field::getName)
            .map(DataObjectPropertyName::toDashedForm)
            .collect(Collectors.toSet());
    }

    private static Set<String> names() {
        String metadata = metadata();
        return (metadata != null) ? names(metadata) : Set.of();
    }

    /**
     * Reads the names with the parser that is always there, as an application need not
     * have a library for JSON. It takes objects in a list for text where white space
     * stands before them.
     */
    static Set<String> names(String metadata) {
        Set<String> names = new TreeSet<>();
        String dense = LINE_BREAK.matcher(metadata).replaceAll("");
        if (new BasicJsonParser().parseMap(dense).get("properties") instanceof List<?> properties) {
            for (Object property : properties) {
                if (property instanceof Map<?, ?> described && described.get("name") instanceof String name
                        && name.startsWith(PREFIX)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** That of this module, which stands beside its classes. */
    private static @Nullable String metadata() {
        String file = KnownProperties.class.getName().replace('.', '/') + ".class";
        URL here = KnownProperties.class.getResource(KnownProperties.class.getSimpleName() + ".class");
        if (here == null || !here.toString().endsWith(file)) {
            return null;
        }
        String root = here.toString().substring(0, here.toString().length() - file.length());
        try (InputStream in = URI.create(root + "META-INF/spring-configuration-metadata.json").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (IOException | IllegalArgumentException ex) {
            return null;
        }
    }

    boolean contains(SettingName setting) {
        return this.all.isEmpty() || name(setting) != null;
    }

    /** Returns how a setting is called; {@code null} where it does not exist. */
    @Nullable String name(SettingName setting) {
        Scope scope = scope(setting);
        String text = scope.rest().text();
        return scope.names()
            .stream()
            .filter((name) -> scope.rest().textOf(name).equals(text))
            .map((name) -> scope.prefix() + name)
            .findFirst()
            .orElse(null);
    }

    /** Returns the shortest name in which a level was left out; {@code null} for none. */
    @Nullable String longer(SettingName setting) {
        String end = "." + setting.from(1).text();
        return this.all.stream()
            .filter((name) -> setting.textOf(name).endsWith(end))
            .min(Comparator.comparingInt(String::length))
            .orElse(null);
    }

    /**
     * Returns the name with nearly the same letters; {@code null} where none has them.
     */
    @Nullable String nearest(SettingName setting) {
        Scope scope = scope(setting);
        String text = scope.rest().text();
        String nearest = null;
        int least = 1 + text.length() / (setting.variable() ? 5 : 3);
        for (String name : scope.names()) {
            int distance = EditDistance.between(text, scope.rest().textOf(name));
            if (distance < least) {
                nearest = name;
                least = distance;
            }
        }
        return (nearest != null) ? scope.prefix() + nearest : null;
    }

    private Scope scope(SettingName setting) {
        if (setting.startsWith("memlink", "clients")) {
            return new Scope(prefix(CLIENTS, setting.written().get(2)), this.ofClients, setting.from(3));
        }
        if (setting.startsWith("memlink", "cache", "caches")) {
            return new Scope(prefix(CACHES, setting.written().get(3)), this.ofCaches, setting.from(4));
        }
        return new Scope("", this.all, setting);
    }

    private static String prefix(String group, String name) {
        return group + (name.contains(".") ? "[" + name + "]" : "." + name) + ".";
    }

    /**
     * Where a setting belongs.
     *
     * @param prefix what the names are shown with
     * @param names those there are
     * @param rest what is compared with them
     */
    private record Scope(String prefix, Set<String> names, SettingName rest) {

    }

}
