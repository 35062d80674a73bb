package io.memlink.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The changes that clients know the end of, by their keys. What one client does to a key
 * happens in the order of its calls, so a reply must not be older than any change that
 * the same client had called before, once that has ended.
 */
final class Barriers {

    /** No call takes longer than that many changes of its key by its client. */
    private static final int MOST = 1000;

    private final Map<Integer, Map<String, TreeMap<Long, Long>>> ended = new HashMap<>();

    /** A change has ended that keeps the order of its client's calls. */
    void ended(Call change, long since) {
        ended(change, change.invokedMoment(), since);
    }

    /**
     * A change has ended: what is there from now on is no older than a moment.
     * @param before who was called after this comes behind the change
     */
    void ended(Call change, long before, long since) {
        TreeMap<Long, Long> changes = this.ended.computeIfAbsent(change.client(), (absent) -> new HashMap<>())
            .computeIfAbsent(change.key(), (absent) -> new TreeMap<>());
        changes.put(before, since);
        if (changes.size() > MOST) {
            changes.pollFirstEntry();
        }
    }

    /** Returns since when what a call finds must be there, as far as is known now. */
    long before(Call call) {
        TreeMap<Long, Long> changes = this.ended.getOrDefault(call.client(), Map.of()).get(call.key());
        Map.Entry<Long, Long> last = (changes != null) ? changes.lowerEntry(call.invokedMoment()) : null;
        // Of two changes, the one that was called later also stands for the other one.
        return (last != null) ? last.getValue() : -1;
    }

    void forget(int client) {
        this.ended.remove(client);
    }

}
