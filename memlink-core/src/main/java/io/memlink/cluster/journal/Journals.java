package io.memlink.cluster.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The journals of a cluster, by the identities of its backends. The journal of one that
 * has left is kept, since it may return with all it held: for the last thousand of them,
 * and a hundred thousand keys together. Beyond that the journals of those that left first
 * lose their keys, and have overflowed should their backends return. Safe for use by many
 * threads.
 */
public final class Journals {

    private static final int MAX_ABSENT = 1000;

    private final int maxAbsentKeys;

    /** Those that left first come first, since whoever returns is put in anew. */
    private final Map<String, Journal> journals = new LinkedHashMap<>();

    public Journals() {
        this(Journal.MAX_KEYS);
    }

    Journals(int maxAbsentKeys) {
        this.maxAbsentKeys = maxAbsentKeys;
    }

    /** Returns the journal of an identity. */
    public synchronized Journal of(String id) {
        return this.journals.computeIfAbsent(id, (added) -> new Journal());
    }

    /** Bounds what is kept of identities other than those that are present. */
    public synchronized void keep(Collection<String> present) {
        present.forEach((id) -> this.journals.put(id, moved(id)));
        List<String> absent = new ArrayList<>(this.journals.keySet());
        absent.removeAll(present);
        int surplus = absent.size() - MAX_ABSENT;
        if (surplus > 0) {
            // Of those that left first, rather such as owe nothing.
            absent.stream()
                .sorted(Comparator.comparing((id) -> of(id).depth() > 0 || of(id).isOverflowed()))
                .limit(surplus)
                .toList()
                .forEach(this.journals::remove);
            absent.retainAll(this.journals.keySet());
        }
        long keys = absent.stream().mapToLong((id) -> of(id).depth()).sum();
        for (int i = 0; keys > this.maxAbsentKeys; i++) {
            Journal journal = of(absent.get(i));
            keys -= journal.depth();
            journal.lose();
        }
    }

    private Journal moved(String id) {
        Journal journal = of(id);
        this.journals.remove(id);
        return journal;
    }

}
