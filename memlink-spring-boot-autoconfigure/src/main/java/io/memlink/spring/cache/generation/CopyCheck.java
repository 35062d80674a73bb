package io.memlink.spring.cache.generation;

import java.util.concurrent.CompletableFuture;

/**
 * A second look at copies that took a number. Each of them took it at its own time, and
 * may have lost it before the last one did; those that have it now had it all at the same
 * moment. Safe for use by many threads.
 */
final class CopyCheck {

    private final Copies copies;

    private final long number;

    private final int wanted;

    private final CompletableFuture<Boolean> held = new CompletableFuture<>();

    private int holders;

    private int pending;

    CopyCheck(Copies copies, long number) {
        this.copies = copies;
        this.number = number;
        this.wanted = new CopyRule(copies.count()).toKeep();
        this.pending = copies.count();
    }

    /** Returns whether enough copies have the number, or a higher one. */
    CompletableFuture<Boolean> begin() {
        if (this.copies.count() == 1) {
            // It has just said so.
            return CompletableFuture.completedFuture(true);
        }
        for (int i = 0; i < this.copies.count(); i++) {
            this.copies.read(i).whenComplete((number, failure) -> ended(number != null && number >= this.number));
        }
        return this.held;
    }

    private void ended(boolean holds) {
        boolean enough;
        boolean over;
        synchronized (this) {
            this.holders += holds ? 1 : 0;
            this.pending--;
            enough = this.holders >= this.wanted;
            over = this.pending == 0;
        }
        if (enough || over) {
            this.held.complete(enough);
        }
    }

}
