package io.memlink.value.suite;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where classes that are compiled during a test say that code of theirs ran.
 */
public final class Notes {

    private static final List<String> ALL = new CopyOnWriteArrayList<>();

    private Notes() {
    }

    public static void add(String note) {
        ALL.add(note);
    }

    static List<String> take() {
        List<String> all = List.copyOf(ALL);
        ALL.clear();
        return all;
    }

}
