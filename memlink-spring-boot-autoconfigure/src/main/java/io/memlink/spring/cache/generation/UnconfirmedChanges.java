package io.memlink.spring.cache.generation;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Changes of entries that were made in a generation which may have been over, since
 * another application had cleared the cache: whoever reads the new generation knows
 * nothing of them. They are made again in that one. A change is confirmed when so many
 * copies answer a question that was asked after it with the generation that it was made
 * in that nobody can have been using a later one. Bounded; safe for use by many threads.
 * <pre>
 * latest -- asked -- answered: a later one -&gt; made again, with those made meanwhile, and latest
 *                    agreed: the same -&gt; confirmed
 * </pre>
 */
final class UnconfirmedChanges {

    static final int MAX = 10_000;

    /** Made since the generation was asked for last, by their keys. */
    private Map<String, Consumer<String>> latest = new HashMap<>();

    /** Made before it was asked for, by the number of the question. */
    private final TreeMap<Long, Map<String, Consumer<String>>> asked = new TreeMap<>();

    private int count;

    /** More than could be noted were made since the generation was asked for last. */
    private boolean tooMany;

    /** The question before which that was so; 0 for none. */
    private long tooManyBefore;

    private @Nullable String generation;

    /** What enough copies have answered, and to which question. */
    private @Nullable String agreed;

    private long agreedQuestion;

    /** Whether changes may not have been made at all. */
    private boolean failed;

    /**
     * Notes a change before it is made.
     * @param key the key
     * @param again makes it again in the generation that it is given
     * @return whether there is room for as many once more
     */
    synchronized boolean add(String key, Consumer<String> again) {
        if (this.count < MAX) {
            this.count += (this.latest.put(key, again) == null) ? 1 : 0;
        }
        else {
            this.tooMany = true;
        }
        return this.count < MAX / 2;
    }

    synchronized boolean isEmpty() {
        return this.count == 0 && !this.tooMany && this.tooManyBefore == 0;
    }

    /** The generation is asked for. */
    synchronized void asked(long question) {
        if (!this.latest.isEmpty()) {
            this.asked.put(question, this.latest);
            this.latest = new HashMap<>();
        }
        if (this.tooMany) {
            this.tooMany = false;
            this.tooManyBefore = question;
        }
    }

    /** Nobody could tell it, so what had to wait for it was not done. */
    synchronized void failed() {
        this.failed = true;
    }

    /** So many copies have answered that nobody used a later one before the question. */
    synchronized void agreed(long question, String generation) {
        this.agreed = generation;
        this.agreedQuestion = question;
        confirmAgreed();
    }

    private void confirmAgreed() {
        if (!this.failed && this.generation != null && this.generation.equals(this.agreed)) {
            confirm(this.agreedQuestion);
        }
    }

    /**
     * The generation was told, by an answer that is newer than all before.
     * @param cleared whether it is the one that this application has made. Who reads it
     * has begun later than all that was changed before it was asked for
     * @return what has to be made again, by the keys; empty for nothing, {@code null} for
     * more than could be noted
     */
    synchronized @Nullable Map<String, Consumer<String>> answered(long question, String generation, boolean cleared) {
        boolean before = this.generation == null || generation.equals(this.generation);
        // What waited for an answer that failed was not done, whichever comes next.
        boolean same = cleared || (before && !this.failed);
        this.generation = generation;
        this.failed = false;
        if (cleared) {
            confirm(question);
        }
        if (same) {
            confirmAgreed();
            return Map.of();
        }
        Map<String, Consumer<String>> again = new HashMap<>(this.latest);
        this.asked.values().forEach(again::putAll);
        this.asked.clear();
        boolean all = !this.tooMany && this.tooManyBefore == 0;
        this.tooMany = false;
        this.tooManyBefore = 0;
        this.latest = all ? new HashMap<>(again) : new HashMap<>();
        this.count = this.latest.size();
        return all ? again : null;
    }

    private void confirm(long question) {
        Map<Long, Map<String, Consumer<String>>> confirmed = this.asked.headMap(question, true);
        confirmed.values().forEach((changes) -> this.count -= changes.size());
        confirmed.clear();
        if (this.tooManyBefore <= question) {
            this.tooManyBefore = 0;
        }
    }

}
