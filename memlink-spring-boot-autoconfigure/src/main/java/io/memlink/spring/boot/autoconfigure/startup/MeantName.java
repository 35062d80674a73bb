package io.memlink.spring.boot.autoconfigure.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Guess at the property that somebody meant: one that is called so elsewhere, one that
 * ends so, or one with nearly the same letters.
 */
final class MeantName {

    /** How others call the same. */
    private static final Map<String, String> WORDS = Map.of("ttl", "time-to-live", "expiration", "time-to-live",
            "expiry", "time-to-live", "timeout", "request-timeout", "servers", "backends", "hosts", "backends", "nodes",
            "backends", "addresses", "backends");

    private static final List<String> GROUPS = List.of("cache", "caches", "clients");

    private MeantName() {
    }

    /** Returns the property that was probably meant; {@code null} for none. */
    static @Nullable String of(SettingName setting, KnownProperties known) {
        SettingName meant = setting.withLast(WORDS);
        for (SettingName place : places(meant)) {
            String name = known.name(place);
            if (name != null) {
                return name;
            }
        }
        String longer = known.longer(meant);
        return (longer != null) ? longer : known.nearest(setting);
    }

    /** The same where it may belong, in particular without a level that was left out. */
    private static List<SettingName> places(SettingName meant) {
        List<SettingName> places = new ArrayList<>(List.of(meant));
        if (meant.variable()) {
            return places;
        }
        if (meant.startsWith("memlink", "cache", "caches")) {
            dotted(meant, 3).forEach(places::add);
        }
        else if (meant.startsWith("memlink", "clients")) {
            dotted(meant, 2).forEach(places::add);
        }
        else if (meant.startsWith("memlink", "cache") || meant.startsWith("memlink", "caches")) {
            places.add(meant.from(2).under("memlink", "cache", "caches"));
        }
        else if (meant.size() > 2 && !GROUPS.contains(meant.elements().get(1))) {
            places.add(meant.from(1).under("memlink", "clients"));
        }
        return places;
    }

    /** The name of a cache or a client may have dots, and has to be in brackets then. */
    private static List<SettingName> dotted(SettingName meant, int index) {
        List<SettingName> places = new ArrayList<>();
        for (int end = index + 2; end < meant.size(); end++) {
            List<String> first = new ArrayList<>(meant.written().subList(0, index));
            first.add(String.join(".", meant.written().subList(index, end)));
            places.add(meant.from(end).under(first.toArray(String[]::new)));
        }
        return places;
    }

}
